package dev.ablyauth.revocation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TargetTests {

	@ParameterizedTest
	@EnumSource(Target.Kind.class)
	void ofThenTheKindOfItsLabel(Target.Kind kind) {
		assertThat(Target.Kind.of(kind.label())).isEqualTo(kind);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "USER_ID", "userid", "channel" })
	void kindWhenUnknownThenRefused(String label) {
		assertThatIllegalArgumentException().isThrownBy(() -> Target.Kind.of(label)).withMessageContaining("userId");
	}

	@ParameterizedTest
	@CsvSource({ "USER_ID,auth0|ann", "CLIENT_ID,ann smith", "SESSION_ID,0f8e", "GUEST_ID,guest-AAAA",
			"REVOCATION_KEY,team-red", "ADDRESS,192.0.2.7" })
	void newThenKeptByteForByte(Target.Kind kind, String value) {
		assertThat(new Target(kind, value).value()).isEqualTo(value);
	}

	@ParameterizedTest
	@EnumSource(Target.Kind.class)
	void newWhenEmptyOrTooLongOrNotInOneLineThenRefused(Target.Kind kind) {
		for (String value : new String[] { "", "a".repeat(513), "a\nb", "a\u0000", "a\ud800", "a\u2028" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> new Target(kind, value))
				.withMessageNotContaining("aaaa");
		}
	}

	/** A clientId of this text is the right to assume any, and nobody's. */
	@Test
	void newWhenTheClientIdIsTheWildcardThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Target(Target.Kind.CLIENT_ID, "*"));
		assertThat(new Target(Target.Kind.USER_ID, "*").value()).isEqualTo("*");
	}

}
