package dev.ablyauth.cli;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;

import dev.ablyauth.ably.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code inspect TOKEN}: decodes, verifies when the key is at hand, says in words what a
 * token allows, and warns of what Ably would refuse or misread.
 */
@Command(name = "inspect",
		description = { "Says what an Ably token is and allows, and warns of what Ably would refuse or misread.",
				"It asks nobody but the files and variables named here. The clock is the one of this machine.%n" })
final class InspectCommand implements Callable<Integer> {

	private static final String STANDARD_INPUT = "-";

	private final Console console;

	private final Clock clock;

	@Parameters(paramLabel = "TOKEN",
			description = "An Ably JWT, a TokenRequest (JSON), or a JWT of your own with an Ably token inside."
					+ " With - it is read from standard input. That is the safer way: other users of the machine"
					+ " can see arguments.")
	private String token = "";

	@Mixin
	private final KeyOptions keyOptions = new KeyOptions();

	@Option(names = "--additional-operations", paramLabel = "NAME", split = ",",
			description = "Operations that Ably brought after this version.")
	private List<String> additionalOperations = List.of();

	@Mixin
	private final Output output = new Output();

	InspectCommand(Console console, Clock clock) {
		this.console = console;
		this.clock = clock;
	}

	@Override
	public Integer call() {
		Operations operations = operations();
		Inspector inspector = new Inspector(this.clock.instant(), this.keyOptions.read(this.console, operations),
				operations);
		Inspection inspection = this.token.equals(STANDARD_INPUT) ? inspector.inspectInput(this.console.input())
				: inspector.inspect(this.token);
		return this.output.print(inspection.answer(), this.console.out());
	}

	private Operations operations() {
		try {
			return Operations.standard().with(this.additionalOperations);
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableInputException("--additional-operations: " + ex.getMessage());
		}
	}

}
