package dev.ablyauth.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A condition and its parts, each of which can be shown and asked.
 */
class ExpressionTests {

	private static final Facts FACTS = new Facts(
			TestUsers.user("ann", Map.of("level", 3L, "org", Map.of("id", "acme"), "tags", List.of("x"))),
			new RequestFacts("192.0.2.1", "https://app.example.com", Instant.EPOCH));

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "user.id == 'ann'; [user.id]", "claims.org.id == 'a'; [claims, org, id]",
					"claims['org']['id'] == 'a'; [claims, org, id]", "claims.org['id'] == 'a'; [claims, org, id]",
					"claims.tags[0] == 'a'; []", "claims[user.id] == 'a'; []", "size(claims.tags) == 1; []",
					"{'a': 'b'}['a'] == 'b'; []", "claims == claims; [claims]" })
	void pathThenTheWayToAFactHoweverItIsWritten(String condition, String path) {
		assertThat(expression(condition).operands().get(0).path()).hasToString(path);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "user.guest && claims.level > 3; [user.guest, claims.level]",
					"claims.tags[0] == user.id; [claims.tags, user.id]",
					"user.id in ['ann', claims.boss]; [user.id, claims.boss]",
					"claims.tags.exists(t, t == claims.org.id); [claims.tags, claims.org.id]",
					"claims.org.id.startsWith(user.source); [claims.org.id, user.source]", "true; []",
					"has(claims.org) || request.address == ''; [has(claims.org), request.address]" })
	void factsThenAllThatItLooksAt(String condition, String facts) {
		assertThat(expression(condition).facts().map(Expression::text).toList()).hasToString(facts);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "user.id == 'ann'; true", "claims.level > 5; false", "user.source == 'jwt'; true",
					"user.issuer == 'https://login.example.com/'; true", "user.roles == []; true", "user.guest; false",
					"request.origin == 'https://app.example.com'; true", "request.address == '192.0.2.1'; true",
					"request.now == timestamp('1970-01-01T00:00:00Z'); true", "request.session == 'jwt'; true",
					"claims.none == 'x';", "claims.level + 'x' == 'x';" })
	void valueThenOfThisUserOrNone(String condition, Boolean value) {
		assertThat(expression(condition).value(FACTS).orElse(null)).isEqualTo(value);
	}

	@Test
	void isCallThenOfThatFunctionOnly() {
		assertThat(expression("user.guest && claims.x").isCall("_&&_")).isTrue();
		assertThat(expression("user.guest && claims.x").isCall("_||_")).isFalse();
		assertThat(expression("user.guest").isCall("_&&_")).isFalse();
	}

	@Test
	void constantThenItsValue() {
		List<Expression> sides = expression("user.id == 'ann'").operands();
		assertThat(sides.get(1).constantText()).isEqualTo("ann");
		assertThat(sides.get(0).constantText()).isNull();
		assertThat(expression("claims.x == 1").operands().get(1).constantText()).isNull();
		assertThat(expression("true").constantFlag()).isTrue();
		assertThat(expression("false").constantFlag()).isFalse();
		assertThat(expression("claims.x == 1").operands().get(1).constantFlag()).isNull();
		assertThat(expression("user.guest").constantFlag()).isNull();
	}

	@Test
	void isPresenceTestThenOnlyOfHas() {
		assertThat(expression("has(claims.x)").isPresenceTest()).isTrue();
		assertThat(expression("claims.org.ok").isPresenceTest()).isFalse();
		assertThat(expression("user.guest").isPresenceTest()).isFalse();
	}

	@Test
	void textThenAsCelWritesItEachTime() {
		Expression expression = expression("user.guest&&(claims.x=='a')");
		assertThat(expression.text()).isEqualTo("user.guest && claims.x == \"a\"").isSameAs(expression.text());
		assertThat(expression).hasToString(expression.text());
	}

	private static Expression expression(String condition) {
		return new ConditionCompiler().compile(condition).expression();
	}

}
