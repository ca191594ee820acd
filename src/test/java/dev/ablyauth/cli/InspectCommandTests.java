package dev.ablyauth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.issuing.TestLiveKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The answers of {@code inspect} as a whole, where they go, and its exit codes.
 */
class InspectCommandTests {

	private static final String GOOD = TestTokens.jwt("\"x-ably-clientId\":\"ann\"");

	@TempDir
	private Path folder;

	@Test
	void inspectWhenJwtIsGoodThenText() {
		CommandRun.Ended ended = new CommandRun().withKey()
			.at(CommandRun.START.plus(Duration.ofMinutes(18)))
			.run("inspect", GOOD);
		assertThat(ended.out()).isEqualToNormalizingNewlines("""
				Ably JWT, 279 bytes
				  key name         I2E_JQ.OqUdfg
				  signature        valid
				  issued           2026-01-01T00:00:00Z, 18 minutes ago
				  expires          2026-01-01T01:00:00Z, for another 42 minutes
				  clientId         "ann", and no other
				  allows           all channels below team:red, any depth: publish, subscribe
				No warnings.
				""");
		assertThat(ended.err()).isEmpty();
		assertThat(ended.exitCode()).isZero();
	}

	@Test
	void inspectWhenJwtIsGoodThenJson() {
		assertThat(new CommandRun().withKey().run("inspect", GOOD, "--json").out()).isEqualToNormalizingNewlines(
				"{\"fine\":true,\"kind\":\"ably-jwt\",\"bytes\":279,\"keyName\":\"I2E_JQ.OqUdfg\",\"signature\":\"valid\","
						+ "\"issued\":\"2026-01-01T00:00:00Z\",\"expires\":\"2026-01-01T01:00:00Z\",\"clientId\":\"ann\","
						+ "\"identity\":\"identified\",\"capability\":[{\"resource\":\"team:red:*\","
						+ "\"operations\":[\"publish\",\"subscribe\"],\"means\":\"all channels below team:red, any depth\"}],"
						+ "\"warnings\":[],\"notes\":[]}\n");
	}

	@Test
	void inspectWhenTokenInsideIsWrongThenText() {
		String inside = TestTokens.jwt(TestTokens.HEADER,
				"{\"iat\":1767225600,\"exp\":1767225900,\"x-ably-capability\":"
						+ "\"{\\\"foo*\\\":[\\\"publsh\\\"]}\"}");
		CommandRun.Ended ended = new CommandRun().at(CommandRun.START.plus(Duration.ofMinutes(10)))
			.run("inspect",
					TestTokens.jwt("{\"alg\":\"RS256\"}", "{\"exp\":1767229200,\"x-ably-token\":\"" + inside + "\"}"));
		assertThat(ended.out()).isEqualToNormalizingNewlines(
				"""
						JWT with a token for Ably inside, 405 bytes
						  token is in      the claims, x-ably-token
						  signature        not checked: it is the app's, and Ably does not check it
						  expires          2026-01-01T01:00:00Z, for another 50 minutes
						Ably would refuse or misread it:
						  - It expires later than the token inside. Ably refuses that, because the outer one must be renewed first.

						Inside: Ably JWT, 219 bytes
						  key name         I2E_JQ.OqUdfg
						  signature        not checked: no key at hand (--key-file or ABLY_API_KEY)
						  issued           2026-01-01T00:00:00Z, 10 minutes ago
						  expires          2026-01-01T00:05:00Z, expired 5 minutes ago
						  clientId         none: anonymous, and may not assume one
						  allows           the channel foo*: publsh
						Ably would refuse or misread it:
						  - It expired 5 minutes ago.
						  - In the resource foo* the * is a plain character: it is a wildcard only as a whole segment, as in ns:*.
						  - Ably has no operation publsh, as asked for on foo*. Did you mean publish?
						""");
		assertThat(ended.exitCode()).isEqualTo(1);
	}

	@Test
	void inspectWhenTokenRequestThenTextAndJson() {
		String token = TestTokens.tokenRequest(null, "{\"b\":[\"*\"],\"a\":[\"history\"]}", "*",
				CommandRun.START.toEpochMilli(), "0123456789abcdef");
		CommandRun run = new CommandRun().withKey().at(CommandRun.START.plusSeconds(5));
		assertThat(run.run("inspect", token).out()).isEqualToNormalizingNewlines(
				"""
						TokenRequest, 199 bytes
						  key name         I2E_JQ.OqUdfg
						  signature        valid
						  made             2026-01-01T00:00:00Z, 5 seconds ago
						  lives            60 minutes from its redemption, Ably's default
						  clientId         *: no identity of its own, may assume any
						  allows           the channel b: every operation
						                   the channel a: history
						Also:
						  - The capability is not in Ably's canonical form (sorted, no white space). It counts as it was sent and signed.
						No warnings.
						""");
		assertThat(run.run("inspect", "--json", token).out()).isEqualToNormalizingNewlines(
				"{\"fine\":true,\"kind\":\"token-request\",\"bytes\":199,\"keyName\":\"I2E_JQ.OqUdfg\","
						+ "\"signature\":\"valid\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"ttl\":null,\"clientId\":\"*\","
						+ "\"identity\":\"any\",\"capability\":[{\"resource\":\"b\",\"operations\":[\"*\"],"
						+ "\"means\":\"the channel b\"},{\"resource\":\"a\",\"operations\":[\"history\"],"
						+ "\"means\":\"the channel a\"}],\"warnings\":[],\"notes\":[{\"code\":\"not-canonical\","
						+ "\"message\":\"The capability is not in Ably's canonical form (sorted, no white space)."
						+ " It counts as it was sent and signed.\"}]}\n");
	}

	@Test
	void inspectWhenDashThenReadsStandardInput() {
		assertThat(new CommandRun().withInput(GOOD).run("inspect", "-", "--json").notes()).isEmpty();
		for (String lineBreak : List.of("\n", "\r\n")) {
			CommandRun.Ended ended = new CommandRun().withInput(GOOD + lineBreak).run("inspect", "--json", "-");
			assertThat(ended.exitCode()).isZero();
			assertThat(ended.notes()).containsExactly("line-break");
		}
		assertThat(new CommandRun().withInput(GOOD + "\n\n").run("inspect", "--json", "-").warnings())
			.containsExactly("white-space");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "secret-token", "a.b", "a.b.c", "a.b.c.d", "....", "{", "{\"a\":1,\"a\":2}", "\"abc",
			"\"\\x\"", "e30.W10.", "e30.e30x.", "@file", "Zm9v.Zm9v.Zm9v" })
	void inspectWhenUnreadableThenOneLineAndNoAnswer(String token) {
		CommandRun.Ended ended = new CommandRun().withKey().run("inspect", token);
		assertThat(ended.out()).isEmpty();
		assertThat(ended.err().lines()).hasSize(1);
		assertThat(ended.err()).doesNotContain("secret-token", "mistake");
		assertThat(ended.exitCode()).isEqualTo(2);
	}

	@Test
	void inspectWhenInputIsUnreadableThenNoAnswer() {
		for (byte[] input : List.of(new byte[] { (byte) 0xff }, new byte[2 * 1024 * 1024], new byte[0])) {
			CommandRun.Ended ended = new CommandRun().withInput(input).run("inspect", "-");
			assertThat(ended.out()).isEmpty();
			assertThat(ended.err().lines()).hasSize(1);
			assertThat(ended.exitCode()).isEqualTo(2);
		}
	}

	@Test
	void inspectWhenKeyIsInAFileThenItWins() throws IOException {
		Path file = TestLiveKeys.write(this.folder.resolve("key"), TestKeys.KEY + "\n");
		assertThat(new CommandRun().withKey("other.key:12345678")
			.run("inspect", GOOD, "--key-file=" + file, "--json")
			.json()
			.get("signature")
			.asString()).isEqualTo("valid");
	}

	@Test
	void inspectWhenThereIsNoKeyThenSaysSo() {
		for (CommandRun run : List.of(new CommandRun(), new CommandRun().withKey(" "))) {
			CommandRun.Ended ended = run.run("inspect", GOOD);
			assertThat(ended.out()).contains("not checked: no key at hand");
			assertThat(ended.exitCode()).isZero();
		}
	}

	@Test
	void inspectWhenKeyCannotBeReadThenSaysWhichAndRepeatsNothing() throws IOException {
		Path file = TestLiveKeys.write(this.folder.resolve("key"), "secret-secret");
		assertUnusable(new CommandRun().run("inspect", GOOD, "--key-file", file.toString()), "--key-file: ");
		assertUnusable(new CommandRun().run("inspect", GOOD, "--key-file", "nowhere"), "--key-file: ");
		assertUnusable(new CommandRun().withKey("secret-secret").run("inspect", GOOD), "ABLY_API_KEY: ");
		assertUnusable(new CommandRun().run("inspect", GOOD, "--key-capability={}"), "--key-capability: ");
		assertUnusable(new CommandRun().run("inspect", GOOD, "--additional-operations=*"), "--additional-operations: ");
	}

	private static void assertUnusable(CommandRun.Ended ended, String start) {
		assertThat(ended.out()).isEmpty();
		assertThat(ended.err()).startsWith(start).doesNotContain("secret-secret", "Exception");
		assertThat(ended.exitCode()).isEqualTo(2);
	}

}
