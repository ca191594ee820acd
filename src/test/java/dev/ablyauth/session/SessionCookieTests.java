package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SessionCookieTests {

	private static final String ID = "0bbf4e9b-4f2a-4e77-a4f7-4a3f0f7b9c11";

	private final SessionCookie cookie = new SessionCookie("SESSION", true);

	@Test
	void idsWhenBase64ThenDecoded() {
		assertThat(ids(base64(ID))).containsExactly(ID);
		assertThat(ids(base64("a"))).containsExactly("a");
		assertThat(ids(base64("x".repeat(128)))).containsExactly("x".repeat(128));
	}

	@Test
	void idsWhenPlainThenAsItIs() {
		SessionCookie plain = new SessionCookie("SESSION", false);
		assertThat(plain.ids(TestCredentials.cookie("SESSION", ID))).containsExactly(ID);
		assertThat(plain.ids(TestCredentials.cookie("SESSION", base64("a")))).isEmpty();
	}

	@Test
	void idsWhenSeveralThenTheFirstTwoOnce() {
		String a = UUID.randomUUID().toString();
		String b = UUID.randomUUID().toString();
		TestCredentials several = TestCredentials.cookie("SESSION", "!")
			.header("Cookie", "SESSION=" + base64(a))
			.header("Cookie", "OTHER=" + base64(ID))
			.header("Cookie", "SESSION=" + base64(a))
			.header("Cookie", "SESSION=" + base64(b))
			.header("Cookie", "SESSION=" + base64(ID));
		assertThat(this.cookie.ids(several)).containsExactly(a, b);
		assertThat(this.cookie.ids(TestCredentials.none())).isEmpty();
	}

	/** The value of one cookie, damaged at its base64. */
	@ParameterizedTest
	@ValueSource(strings = { "", " ", "=", "====", "YQ", "YQ=", "YR==", "YQ== ", " YQ==", "YQ==YQ==", "Y\tQ==",
			"YQ\n==", "_-__", "%59%51%3D%3D", "a.b.c", "\u0000", "\u00e4\u00f6" })
	void idsWhenNotStrictBase64ThenNone(String value) {
		assertThat(ids(value)).isEmpty();
	}

	/** What means something in a key of Redis, in SQL, in a path or in a log. */
	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a\r\nDEL b", "a:b", "expires:" + ID, "*", "a*", "?", "[a-z]", "'", "\"",
			"' OR '1'='1", "a;--", "a/b", "..\\b", "\u0000", "a\u0000", "\u00fc", "\ud83d\ude00", "%", "${a}", "#{a}",
			"a,b", "\u001b[31m" })
	void idsWhenOtherCharactersThenNone(String id) {
		assertThat(ids(base64(id))).isEmpty();
	}

	@Test
	void idsWhenTooLongThenNone() {
		assertThat(ids(base64("x".repeat(129)))).isEmpty();
		assertThat(ids(base64("x".repeat(10_000)))).isEmpty();
	}

	private List<String> ids(String value) {
		return this.cookie.ids(TestCredentials.cookie("SESSION", value));
	}

	private static String base64(String id) {
		return Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
	}

}
