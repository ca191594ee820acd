package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A plain header names the user only when a trusted proxy says it and proves that it is
 * one.
 */
class UserHeaderTests {

	private static final String SECRET = "canary-proxy-secret-of-32-bytes-\u00e9";

	private static final String PROXY = "10.1.2.3";

	private final ProxySessions sessions = new ProxySessions(Clock.systemUTC(), List.of("kind=header", "header=X-User",
			"secret-header=X-Proxy-Secret", "secret=" + SECRET, "roles-header=X-Groups", "user-id-prefix=sso:"));

	@AfterEach
	void close() {
		this.sessions.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			10.1.2.3   | right          | ann     | sso:ann
			10.1.2.3   | right          | -       | ''
			10.1.2.3   | right          | ''      | ''
			10.1.2.3   | right          | ann;ann | invalid-session
			10.1.2.3   | right          | ann;eve | invalid-session
			10.1.2.3   | right          | ann;''  | invalid-session
			10.1.2.3   | -              | ann     | invalid-session
			10.1.2.3   | ''             | ann     | invalid-session
			10.1.2.3   | wrong          | ann     | invalid-session
			10.1.2.3   | right;right    | ann     | invalid-session
			10.1.2.3   | wrong;right    | ann     | invalid-session
			10.1.2.3   | -              | -       | ''
			192.0.2.1  | right          | ann     | invalid-session
			192.0.2.1  | -              | ann     | invalid-session
			192.0.2.1  | wrong          | ann     | invalid-session
			192.0.2.1  | right          | -       | ''
			192.0.2.1  | right          | ann;eve | invalid-session
			127.0.0.1  | right          | ann     | invalid-session
			11.0.0.1   | right          | ann     | invalid-session
			::1        | right          | ann     | invalid-session
			''         | right          | ann     | invalid-session
			""")
	void userWhenPeerSecretAndHeaderThenUserOnlyIfAllAreRight(String peer, String secrets, String users,
			String expected) {
		TestCredentials credentials = TestCredentials.none().from(peer);
		for (String secret : (secrets != null) ? secrets.split(";") : new String[0]) {
			credentials = credentials.header("X-Proxy-Secret", secret.equals("right") ? latin1(SECRET) : secret);
		}
		for (String user : (users != null) ? users.split(";") : new String[0]) {
			credentials = credentials.header("X-User", user.replace("''", ""));
		}
		assertThat(this.sessions.outcome(credentials)).isEqualTo(expected);
	}

	/** Each of these is nearly right. */
	@Test
	void userWhenSecretDiffersALittleThenInvalid() {
		String sent = latin1(SECRET);
		for (String wrong : List.of(sent + " ", sent.substring(1), sent.substring(0, sent.length() - 1), SECRET,
				sent.toUpperCase(Locale.ROOT), "\u0130" + sent)) {
			assertThat(this.sessions.outcome(with(wrong).header("X-User", "ann"))).isEqualTo("invalid-session");
		}
	}

	@Test
	void userThenRolesAreOfTheHeaderAndTheSessionHasNoEnd() {
		TestCredentials credentials = fromProxy().header("X-User", "ann")
			.header("X-Groups", "staff, admins,,  ")
			.header("x-groups", latin1("gr\u00fcn"));
		assertThat(this.sessions.user(credentials)).hasValueSatisfying((user) -> {
			assertThat(user.roles()).containsExactly("staff", "admins", "gr\u00fcn");
			assertThat(user.expires()).isEqualTo(AppUser.NO_END);
			assertThat(user.claims()).isEmpty();
			assertThat(user.source()).hasToString("proxy-assertion:proxy-assertion");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "ann", "CN=Ann,OU=Staff", "ann@example.com", "j\u00fcrgen", "\u5f20\u4f1f", "\ud83d\ude00",
			"a b" })
	void userWhenUtf8ThenThatId(String id) {
		assertThat(this.sessions.outcome(fromProxy().header("X-User", latin1(id)))).isEqualTo("sso:" + id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u00fc", "j\u00fcrgen", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00ff", "ann\u00c3",
			"\u5f20" })
	void userWhenNotUtf8ThenInvalid(String bytes) {
		assertThat(this.sessions.outcome(fromProxy().header("X-User", bytes))).isEqualTo("invalid-session");
		assertThat(this.sessions.outcome(fromProxy().header("X-User", "ann").header("X-Groups", bytes)))
			.isEqualTo("invalid-session");
	}

	private static TestCredentials fromProxy() {
		return with(latin1(SECRET));
	}

	private static TestCredentials with(String secret) {
		return TestCredentials.none().from(PROXY).header("X-Proxy-Secret", secret);
	}

	/** UTF-8 as a servlet container gives it to an app. */
	private static String latin1(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
	}

}
