package dev.ablyauth.cli;

import java.util.Map;

import dev.ablyauth.ably.Refused;
import picocli.CommandLine;

/**
 * What a command answers, for a person and for a program.
 *
 * @param isFine whether the answer is yes, and there is no problem
 * @param text lines for a person
 * @param json members of one JSON object, in order
 */
record Answer(boolean isFine, String text, Map<String, ?> json) {

	/** A no with its reason. */
	static Answer refused(Refused refused) {
		return new Answer(false, "Refused: " + refused.getMessage(),
				Map.of("reason", refused.reason().label(), "message", refused.getMessage()));
	}

	int exitCode() {
		return this.isFine ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
	}

}
