package dev.ablyauth.revocation;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RevocationWishTests {

	private static final Target ANN = new Target(Target.Kind.CLIENT_ID, "ann");

	private static final Target BOB = new Target(Target.Kind.CLIENT_ID, "bob");

	@Test
	void newThenEachTargetOnceAndInOrder() {
		assertThat(new RevocationWish(List.of(BOB, ANN, BOB), false, "olga").targets()).containsExactly(BOB, ANN);
	}

	@Test
	void newWhenThereIsNoTargetOrTooManyThenRefused() {
		for (List<Target> targets : List.of(List.<Target>of(), Collections.nCopies(1001, ANN))) {
			assertThatIllegalArgumentException().isThrownBy(() -> new RevocationWish(targets, false, "olga"))
				.withMessage("targets: must have 1 to 1000");
		}
	}

	@Test
	void newWhenThereIsNoAuthorThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RevocationWish(List.of(ANN), false, ""))
			.withMessageStartingWith("author:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "0123456789abcdef0123456789abcdeF", "0123456789abcdef0123456789abcdef0" })
	void idWhenNotOfThatFormThenRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> new RevocationId(text));
	}

}
