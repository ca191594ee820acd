package dev.ablyauth.cli;

import java.util.List;
import java.util.stream.Collectors;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.policy.InvalidPolicyException;
import dev.ablyauth.policy.LintContext;
import dev.ablyauth.policy.Policy;
import dev.ablyauth.policy.PolicyCheck;
import dev.ablyauth.policy.PolicyFile;
import dev.ablyauth.policy.PolicyReader;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The policy file that a command is about, away from any server.
 */
final class PolicyOptions {

	@Parameters(index = "0", paramLabel = "FILE", description = "The policy file.")
	private String file = "";

	@Option(names = "--additional-operations", paramLabel = "NAME", split = ",",
			description = "Operations that Ably brought after this version.")
	private List<String> additionalOperations = List.of();

	PolicyCheck check(LintContext context) {
		return PolicyCheck.of(text(), new PolicyReader(operations()), context);
	}

	Policy read() {
		return read(this.file, operations());
	}

	/** Reads a policy; one with an error, or with a failing test, decides nothing. */
	static Policy read(String file, Operations operations) {
		try {
			return new PolicyReader(operations).readAlone(new PolicyFile(file).text());
		}
		catch (InvalidPolicyException ex) {
			throw new UnreadableInputException(
					ex.problems().stream().map((problem) -> file + ": " + problem).collect(Collectors.joining("\n")));
		}
	}

	private String text() {
		try {
			return new PolicyFile(this.file).text();
		}
		catch (InvalidPolicyException ex) {
			throw new UnreadableInputException(this.file + ": " + ex.problems().get(0).message());
		}
	}

	private Operations operations() {
		try {
			return Operations.standard().with(this.additionalOperations);
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableInputException("--additional-operations: " + ex.getMessage());
		}
	}

	@Override
	public String toString() {
		return this.file;
	}

}
