package dev.ablyauth.policy;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which conditions can be undecided for somebody who lacks a claim.
 */
class DoubtTests {

	private static final List<String> LEVEL = List.of("claims", "level");

	@ParameterizedTest
	@ValueSource(strings = { "claims.level > 3", "has(claims.level) || claims.level > 3",
			"!has(claims.level) && claims.level > 3", "has(claims.team) ? claims.level > 3 : false",
			"has(claims.team) && claims.level > 3", "!(user.guest || claims.level > 3)", "has(claims.level.deep)",
			"claims.level.all(l, l > 3)" })
	void isPossibleWhenTheClaimIsReadWithoutBeingAskedForThenTrue(String condition) {
		assertThat(Doubt.isPossible(expression(condition), LEVEL)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "has(claims.level) && claims.level > 3", "!has(claims.level) || claims.level > 3",
			"has(claims.level) ? claims.level > 3 : false", "!(has(claims.level) && claims.level > 3)",
			"claims.level > 3 && has(claims.level)", "has(claims.level)", "claims.team == 'level'", "user.guest" })
	void isPossibleWhenItIsAskedForOrNotReadThenFalse(String condition) {
		assertThat(Doubt.isPossible(expression(condition), LEVEL)).isFalse();
	}

	private static Expression expression(String condition) {
		return new ConditionCompiler().compile(condition).expression();
	}

}
