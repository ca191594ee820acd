package dev.ablyauth.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.TestKeys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs commands at a fixed time, with an environment and an input of the test.
 */
final class CommandRun {

	/** When the tokens of the tests are issued: 2026-01-01T00:00:00Z. */
	static final Instant START = Instant.ofEpochSecond(1767225600);

	private final Map<String, String> environment = new HashMap<>();

	private byte[] input = new byte[0];

	private Instant now = START;

	CommandRun withKey() {
		return withKey(TestKeys.KEY);
	}

	CommandRun withKey(String key) {
		this.environment.put("ABLY_API_KEY", key);
		return this;
	}

	CommandRun at(Instant time) {
		this.now = time;
		return this;
	}

	CommandRun withInput(String text) {
		return withInput(text.getBytes(StandardCharsets.UTF_8));
	}

	CommandRun withInput(byte[] bytes) {
		this.input = bytes;
		return this;
	}

	Ended run(String... arguments) {
		StringWriter out = new StringWriter();
		StringWriter err = new StringWriter();
		Console console = new Console(new ByteArrayInputStream(this.input), new PrintWriter(out), new PrintWriter(err),
				this.environment::get);
		int exitCode = new Commands(console, Clock.fixed(this.now, ZoneOffset.UTC), CommandRun::noSettings)
			.run(arguments)
			.orElse(-1);
		return new Ended(exitCode, out.toString(), err.toString());
	}

	private static Rooms noSettings(List<String> settings) {
		throw new UnusableSettingsException(List.of("ably-auth.keys: is missing", "given: " + settings));
	}

	/**
	 * How it ended.
	 *
	 * @param exitCode -1 if the first argument was no command
	 * @param out standard output
	 * @param err standard error
	 */
	record Ended(int exitCode, String out, String err) {

		JsonNode json() {
			return new JsonMapper().readTree(this.out);
		}

		/** The codes of all warnings, those of a token inside too. */
		List<String> warnings() {
			return codes("warnings");
		}

		java.util.List<String> notes() {
			return codes("notes");
		}

		private java.util.List<String> codes(String member) {
			return java.util.stream.Stream.of(json().path(member), json().path("inside").path(member))
				.flatMap((list) -> list.valueStream())
				.map((finding) -> finding.get("code").asString())
				.toList();
		}
	}

}
