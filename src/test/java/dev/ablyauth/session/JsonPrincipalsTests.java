package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Security contexts in JSON, as written by hand.
 */
class JsonPrincipalsTests {

	@Test
	void principalWhenATextThenItIsTheName() throws SessionStoreException {
		SpringPrincipal ann = of("""
				{"authentication":{"authenticated":true,"principal":"ann","authorities":[{"authority":"a"},"b",
				{"@class":"x.Y","role":"c"}]}}""").orElseThrow();
		assertThat(ann).isEqualTo(new SpringPrincipal("ann", List.of("a", "b", "c"), Map.of()));
	}

	@Test
	void principalWhenANumberThenItsText() throws SessionStoreException {
		assertThat(of(authenticated("7")).orElseThrow().name()).isEqualTo("7");
		assertThat(of(authenticated("[\"java.lang.Long\",7000000000]")).orElseThrow().name()).isEqualTo("7000000000");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "{}", "{\"authenticated\":false,\"principal\":\"ann\"}", "{\"principal\":\"ann\"}",
			"{\"authenticated\":\"true\",\"principal\":\"ann\"}", "{\"authenticated\":1,\"principal\":\"ann\"}", "[]",
			"\"ann\"",
			"{\"@class\":\"org.springframework.security.authentication.AnonymousAuthenticationToken\","
					+ "\"authenticated\":true,\"principal\":\"anonymousUser\"}",
			"{\"@class\":\"org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken\","
					+ "\"authenticated\":false,\"principal\":\"ann\"}" })
	void principalWhenNobodyIsSignedInThenEmpty(String authentication) throws SessionStoreException {
		assertThat(of("{\"authentication\":" + authentication + "}")).isEmpty();
	}

	@Test
	void principalWhenOpenIdThenTheIdTokenWins() throws SessionStoreException {
		SpringPrincipal ann = of(
				"""
						{"authentication":{"@class":"a.OAuth2AuthenticationToken","principal":{"nameAttributeKey":"sub",
						"idToken":{"tokenValue":"canary","claims":{"@class":"java.util.Map","sub":"0815","email":"a@example.com"}},
						"userInfo":{"claims":{"sub":"4711","email":"b@example.com","nickname":"annie"}}}}}""")
			.orElseThrow();
		assertThat(ann.name()).isEqualTo("0815");
		assertThat(ann.attributes()).isEqualTo(Map.of("sub", "0815", "email", "a@example.com", "nickname", "annie"));
	}

	/** A name that is shown may be anybody's. */
	@ParameterizedTest
	@ValueSource(strings = { "{\"@class\":\"com.example.Person\",\"name\":\"ann\"}",
			"{\"@class\":\"com.example.Person\",\"username\":null}",
			"{\"@class\":\"com.example.Person\",\"username\":{\"a\":1}}",
			"{\"@class\":\"com.example.Person\",\"nameAttributeKey\":\"sub\",\"attributes\":{\"id\":1}}",
			"[\"com.example.Person\",{}]" })
	void principalWhenItHasNoUsernameThenRefusedByClass(String principal) {
		assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> of(authenticated(principal)))
			.withMessage("holds a session with the class com.example.Person, which is not read");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "null", "[]", "1", "{}", "{\"authentication\":", "<html></html>",
			"{\"authentication\":{\"authenticated\":true,\"principal\":\"a\",\"principal\":\"b\"}}",
			"{\"authentication\":{\"authenticated\":true,\"principal\":\"a\"}} {}",
			"{\"authentication\":{\"authenticated\":true,\"principal\":\"a\",\"authorities\":[{}]}}",
			"{\"authentication\":{\"authenticated\":true,\"principal\":\"a\",\"authorities\":[null]}}" })
	void principalWhenNoContextThenRefused(String json) {
		assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> of(json));
	}

	@Test
	void principalWhenNestedTooDeepOrTooLargeThenRefused() {
		assertThatExceptionOfType(SessionStoreException.class)
			.isThrownBy(() -> of(authenticated("[".repeat(100_000) + "]".repeat(100_000))));
		assertThatExceptionOfType(SessionStoreException.class)
			.isThrownBy(() -> of(authenticated("\"" + "a".repeat(256 * 1024) + "\"")))
			.withMessageContaining("more than 262144 bytes");
	}

	@Test
	void numberWhenJsonThenRead() throws SessionStoreException {
		assertThat(SessionValues.number("1800".getBytes(StandardCharsets.UTF_8))).isEqualTo(1800);
		assertThat(SessionValues.number("[\"java.lang.Long\",1700000000000]".getBytes(StandardCharsets.UTF_8)))
			.isEqualTo(1700000000000L);
		assertThat(SessionValues.number(JavaStreamTests.serialized(5L))).isEqualTo(5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "1.5", "\"5\"", "null", "99999999999999999999", "[\"java.lang.Long\"]" })
	void numberWhenNoneThenRefused(String text) {
		assertThatExceptionOfType(SessionStoreException.class)
			.isThrownBy(() -> SessionValues.number(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static String authenticated(String principal) {
		return "{\"authentication\":{\"authenticated\":true,\"authorities\":[],\"principal\":" + principal + "}}";
	}

	private static Optional<SpringPrincipal> of(String json) throws SessionStoreException {
		return SessionValues.principal(json.getBytes(StandardCharsets.UTF_8));
	}

}
