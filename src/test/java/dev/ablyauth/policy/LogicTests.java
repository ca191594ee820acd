package dev.ablyauth.policy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be said of conditions without knowing a user.
 */
class LogicTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "user.guest && claims.x; user.guest", "user.guest; user.guest || claims.x", "claims.x; claims.x",
					"!(user.guest || claims.x); !user.guest", "user.id == 'a'; user.id != 'b' || user.id == 'a'",
					"false; user.guest", "user.guest; true", "user.id == 'a' && claims.x; !(user.id == 'b')",
					"user.guest && (claims.x || claims.y); claims.x || claims.y", "user.id == 'a'; user.id != 'b'",
					"user.id != 'a'; !(user.id == 'a')" })
	void impliesWhenWhoeverMeetsOneMeetsTheOtherThenTrue(String condition, String other) {
		assertThat(Logic.implies(expression(condition), expression(other))).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "user.guest; user.guest && claims.x", "user.guest || claims.x; user.guest",
					"user.guest; !user.guest", "true; user.guest", "user.guest; false",
					"user.id == 'a'; user.id == 'b'", "!(user.guest && claims.x); !user.guest",
					"'a' in user.roles; 'b' in user.roles", "claims.x > 5; claims.x > 4" })
	void impliesWhenItCannotBeSaidThenFalse(String condition, String other) {
		assertThat(Logic.implies(expression(condition), expression(other))).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "user.id == 'a'; user.id == 'b'", "'a' == user.id; user.id == 'b'", "user.guest; !user.guest",
					"claims.x == 'a'; 'b' == claims['x']", "claims.x == 'a' || false; claims.x == 'b' && claims.y",
					"user.guest && claims.x; !claims.x", "claims.x == 'a'; claims.x != 'a'" })
	void excludeWhenNobodyCanMeetBothThenTrue(String condition, String other) {
		assertThat(Logic.exclude(expression(condition), expression(other))).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "claims.x == 'a'; claims.y == 'a'", "'a' in user.roles; 'b' in user.roles",
					"user.id == user.source; user.id == user.issuer", "claims.x == 1; claims.x == 2",
					"user.id == 'a'; user.id == 'a'", "user.id != 'a'; user.id != 'b'", "'a' == 'a'; 'b' == 'b'",
					"size(claims.x) == 1; size(claims.x) == 2", "claims.x[0] == 'a'; claims.x[1] == 'b'" })
	void excludeWhenSomebodyCouldThenFalse(String condition, String other) {
		assertThat(Logic.exclude(expression(condition), expression(other))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "false", "!true", "user.guest && !user.guest", "!(user.guest || !user.guest)",
			"user.id == 'a' && (user.id == 'b' || user.id == 'c')" })
	void neverTrueWhenNobodyCanMeetItThenTrue(String condition) {
		assertThat(Logic.neverTrue(expression(condition))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "true", "!false", "user.guest", "!user.guest", "user.guest || !user.guest", "claims.x > 5" })
	void neverTrueWhenSomebodyCouldThenFalse(String condition) {
		assertThat(Logic.neverTrue(expression(condition))).isFalse();
	}

	/** The cases double with each part. */
	@Test
	void neverTrueWhenThereAreMoreThanEightPartsThenNothingIsSaid() {
		assertThat(Logic.neverTrue(expression(contradiction(8)))).isTrue();
		assertThat(Logic.neverTrue(expression(contradiction(9)))).isFalse();
	}

	private static String contradiction(int parts) {
		return IntStream.range(0, parts).mapToObj((i) -> "claims.c" + i).collect(Collectors.joining(" && "))
				+ " && !claims.c0";
	}

	private static Expression expression(String condition) {
		return new ConditionCompiler().compile(condition).expression();
	}

}
