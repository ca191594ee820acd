package dev.ablyauth.policy;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClaimsValueTests {

	private static final RequestFacts REQUEST = new RequestFacts("192.0.2.1", "", Instant.EPOCH);

	private final ConditionCompiler compiler = new ConditionCompiler();

	/** A map is what CEL knows; the value must give the same outcome, errors included. */
	@ParameterizedTest
	@ValueSource(strings = { "claims.x == 'a'", "claims['x'] == 'a'", "claims.x", "!claims.x", "claims.n > 2",
			"claims.n == 3.0", "has(claims.x)", "has(claims.o.p)", "has(claims.o.p.q)", "claims.o.p == 'a'",
			"claims['o'].p == 'a'", "claims.o['p'] == 'a'", "'x' in claims", "'p' in claims.o", "'a' in claims.l",
			"claims.l[0] == 'a'", "size(claims) > 2", "size(claims.l) == 2", "claims == {'x': 'a'}",
			"claims != {'x': 'a'}", "claims.o == {'p': 'a'}", "type(claims) == map", "dyn(claims) == 1",
			"claims.exists(name, name == 'x')", "claims.all(name, name != 'x')", "claims.l.exists(e, e == 'a')",
			"claims.exists(name, claims[name] == 'a')", "claims.x.startsWith('a')", "[claims][0].x == 'a'",
			"claims in [claims]", "{'c': claims}.c.x == 'a'", "(claims.n > 2 ? claims : claims.o).x == 'a'",
			"[1].all(claims, claims == 1) && claims.x == 'a'", "string(claims.n) == '3'", "claims.size() == 0" })
	void evaluateWhenClaimsAreAnyThenTheSameAsOfAMap(String expression) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		Condition condition = this.compiler.compile(expression);
		for (int round = 0; round < 500; round++) {
			Map<String, Object> claims = randomClaims(random);
			assertThat(outcome(condition, claims)).as("seed %d, %s", seed, claims)
				.isEqualTo(condition
					.evaluate((name) -> Optional.<Object>of(claims).filter((map) -> name.equals("claims"))));
		}
	}

	/** Of a deny rule an undecided condition refuses. */
	@Test
	void evaluateWhenAnotherClaimHoldsNullThenDecided() {
		Map<String, Object> claims = Map.of("x", "a", "l", Collections.singletonList(null));
		assertThat(outcome(this.compiler.compile("claims.x == 'a'"), claims)).isEqualTo(Condition.Outcome.TRUE);
		assertThat(outcome(this.compiler.compile("has(claims.y)"), claims)).isEqualTo(Condition.Outcome.FALSE);
		assertThat(outcome(this.compiler.compile("'a' in claims.l"), claims)).isEqualTo(Condition.Outcome.ERROR);
	}

	private static Condition.Outcome outcome(Condition condition, Map<String, Object> claims) {
		return condition.evaluate(new Facts(TestUsers.user("ann", claims), REQUEST));
	}

	private static Map<String, Object> randomClaims(Random random) {
		Map<String, Object> claims = new HashMap<>();
		add(claims, random, "x", List.of("a", "b", 3L, true, List.of("a"), Map.of("a", "b")));
		add(claims, random, "o", List.of(Map.of("p", "a", "x", "a"), Map.of("p", Map.of("q", 1L)), Map.of(), "text"));
		add(claims, random, "l", List.of(List.of("a", 2L), List.of(), List.of(List.of("a")), Map.of("a", 1L)));
		add(claims, random, "n", List.of(3L, 3.0, 2L, "3", false));
		return claims;
	}

	private static void add(Map<String, Object> claims, Random random, String name, List<Object> values) {
		if (random.nextBoolean()) {
			claims.put(name, values.get(random.nextInt(values.size())));
		}
	}

}
