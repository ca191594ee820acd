package dev.ablyauth.session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Users whom somebody describes, and what becomes of those who are guests.
 */
class UserJsonTests {

	@Test
	void readWhenAGuestThenAGuestAlsoWithASessionOfAnotherKind() {
		AppUser guest = UserJson.read("{\"id\":\"g\",\"guest\":true}");
		assertThat(guest.guest()).isTrue();
		assertThat(guest.of("admin").guest()).isTrue();
		assertThat(UserJson.read("{\"id\":\"g\",\"source\":\"guest\"}").guest()).isTrue();
	}

	@Test
	void readWhenNoGuestThenTheSessionKindCanBecomeAnother() {
		AppUser ann = UserJson.read("{\"id\":\"ann\",\"guest\":false,\"issuer\":\"i\"}");
		assertThat(ann.guest()).isFalse();
		assertThat(ann.of("admin").source()).isEqualTo(new AppUser.Source("admin", "i"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"guest\":\"true\"", "\"guest\":1", "\"guest\":true,\"source\":\"jwt\"",
			"\"guest\":false,\"source\":\"guest\"" })
	void readWhenItIsNotClearWhetherAGuestThenRefused(String members) {
		assertThatIllegalArgumentException().isThrownBy(() -> UserJson.read("{\"id\":\"g\"," + members + "}"))
			.withMessageContaining("\"guest\" must be true or false");
	}

}
