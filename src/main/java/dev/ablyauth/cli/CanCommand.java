package dev.ablyauth.cli;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.policy.CanVerdict;
import dev.ablyauth.policy.Policy;
import dev.ablyauth.policy.RequestFacts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code can USER OPERATION CHANNEL}: yes or no, with the rule.
 */
@Command(name = "can",
		description = {
				"Says whether a user may do one thing, and which rule gives it, as in: can ann publish team:red:x",
				"With --policy it needs no settings, and knows nothing of keys.%n" })
final class CanCommand implements Callable<Integer> {

	private final Console console;

	private final Clock clock;

	private final Rooms.Opener opener;

	@Mixin
	private final UserOptions user = new UserOptions();

	@Parameters(index = "1", paramLabel = "OPERATION", description = "What, such as publish.")
	private String operation = "";

	@Parameters(index = "2", paramLabel = "CHANNEL", description = "Where; a pattern asks for all of it.")
	private String channel = "";

	@Option(names = "--policy", paramLabel = "FILE", description = "A policy file, instead of the server's settings.")
	private @Nullable String policy;

	@Mixin
	private final SettingsOptions settings = new SettingsOptions();

	@Mixin
	private final Output output = new Output();

	CanCommand(Console console, Clock clock, Rooms.Opener opener) {
		this.console = console;
		this.clock = clock;
		this.opener = opener;
	}

	@Override
	public Integer call() {
		CanVerdict verdict = verdict();
		return this.output.print(
				new Answer(verdict.allowed(),
						Printable.lines((verdict.allowed() ? "Yes. " : "No. ") + verdict.reason()),
						Map.of("allowed", verdict.allowed(), "rules", verdict.rules(), "reason", verdict.reason())),
				this.console.out());
	}

	private CanVerdict verdict() {
		RequestFacts request = new RequestFacts("", "", this.clock.instant());
		if (this.policy != null) {
			Policy alone = PolicyOptions.read(this.policy, Operations.standard());
			return CanVerdict.of(alone, Capability.everything(), this.user.read(alone), request,
					operations(Operations.standard()), resource());
		}
		try (Rooms rooms = this.settings.open(this.opener, this.console.err())) {
			return rooms.issuer()
				.can(this.user.read(rooms.policy().current()), operations(rooms.operations()), resource(), request);
		}
	}

	private OperationSet operations(Operations known) {
		try {
			return known.read(List.of(this.operation));
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableInputException(
					"OPERATION: " + ex.getMessage() + "." + Spelling.didYouMean(this.operation, known.names()));
		}
	}

	private Resource resource() {
		return UnreadableInputException.reading("CHANNEL: ", () -> Resource.parse(this.channel));
	}

}
