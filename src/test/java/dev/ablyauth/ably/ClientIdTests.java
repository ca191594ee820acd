package dev.ablyauth.ably;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ClientIdTests {

	@ParameterizedTest
	@ValueSource(strings = { "ann", "auth0|5f7c", "Zoë Müller", "Zoe\u0308 Mu\u0308ller", "a b", "\ud83d\ude00", "a:b",
			"o'brien \"the\\boss\"", "张伟" })
	void ofWhenIdentityThenKeptByteForByte(String value) {
		assertThat(ClientId.of(value).value()).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "*", "a*b", "a\nb", "a\rb", "\u0000", "\u0085", "\u2028", "\u2029", "\ud800",
			"\udc00a", "a\udc00", "a\ud83d", " a", "a ", "\u00a0a", "a\u3000", "\t" })
	void ofWhenNoIdentityThenRefused(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> ClientId.of(value));
	}

	@Test
	void ofWhenTooLongThenRefusedByCodePoints() {
		String astral = "\ud83d\ude00";
		assertThat(ClientId.of(astral.repeat(256)).value()).hasSize(512);
		assertThatIllegalArgumentException().isThrownBy(() -> ClientId.of(astral.repeat(257)));
	}

	@Test
	void wildcardThenIsNoIdentityThatOfCouldMake() {
		assertThat(ClientId.wildcard().value()).isEqualTo("*");
	}

}
