package dev.ablyauth.cli;

import java.util.Map;

import picocli.CommandLine;

/**
 * What a command answers, for a person and for a program.
 *
 * @param isFine whether the answer is yes, and there is no problem
 * @param text lines for a person
 * @param json members of one JSON object, in order
 */
record Answer(boolean isFine, String text, Map<String, ?> json) {

	int exitCode() {
		return this.isFine ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
	}

}
