package dev.ablyauth.cli;

import java.io.PrintWriter;

import picocli.CommandLine.Option;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How every command answers: as text, or with {@code --json} as one JSON object on one
 * line.
 */
final class Output {

	@Option(names = "--json", description = "Answer with one JSON object on one line.")
	private boolean json;

	/**
	 * Prints an answer.
	 * @return the exit code
	 */
	int print(Answer answer, PrintWriter out) {
		out.println(this.json ? line(answer) : answer.text().stripTrailing());
		return answer.exitCode();
	}

	/** ASCII only: what a token says may hold characters that steer a terminal. */
	private static String line(Answer answer) {
		return JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build().writeValueAsString(answer.json());
	}

}
