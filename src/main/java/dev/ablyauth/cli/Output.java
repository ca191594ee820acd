package dev.ablyauth.cli;

import java.io.PrintWriter;
import java.util.Map;

import picocli.CommandLine.Option;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How every command answers: as text, or with {@code --json} as one JSON object on one
 * line.
 */
final class Output {

	/** ASCII only: what a token says may hold characters that steer a terminal. */
	private static final JsonMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	@Option(names = "--json", description = "Answer with one JSON object on one line.")
	private boolean json;

	/**
	 * Prints an answer.
	 * @return the exit code
	 */
	int print(Answer answer, PrintWriter out) {
		out.println(this.json ? line(answer.json()) : answer.text().stripTrailing());
		return answer.exitCode();
	}

	/** A JSON object on one line. */
	static String line(Map<String, ?> json) {
		return JSON.writeValueAsString(json);
	}

}
