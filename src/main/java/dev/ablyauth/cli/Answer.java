package dev.ablyauth.cli;

import java.nio.file.Path;
import java.util.Map;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;
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

	/** The same, with the place of the deny-list where that is what does not work. */
	static Answer refused(Refused refused, @Nullable Path denyList) {
		return (denyList == null || refused.reason() != Reason.UNAVAILABLE) ? refused(refused)
				: refused(new Refused(refused.reason(), refused.getMessage() + " It is " + denyList + "."));
	}

	int exitCode() {
		return this.isFine ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
	}

}
