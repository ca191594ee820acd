package dev.ablyauth.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.ablyauth.session.AppUser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RuleIndexTests {

	private static final RequestFacts REQUEST = new RequestFacts("192.0.2.1", "", Instant.EPOCH);

	private static final List<String> PARTS = List.of("'a' in user.roles", "'b' in user.roles", "user.id == 'ann'",
			"'bob' == user.id", "claims.x == 'a'", "claims['x'] == 'b'", "claims.o.p == 'a'", "'a' in claims.l",
			"'k' in claims.o", "claims.n > 2", "has(claims.x)", "user.guest",
			"user.issuer == 'https://login.example.com/'", "true", "false");

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "'a' in user.roles;0", "'a' in user.roles && claims.n > 2;0",
					"claims.n > 2 && user.id == 'zoe';0", "'a' in user.roles || user.id == 'ann';1", "claims.n > 2;1",
					"'a' in user.roles || claims.n > 2;1", "claims.x == 'q';0", "!('a' in user.roles);1",
					"claims.n == 2;1" })
	void candidatesThenOnlyThoseThatCanApply(String when, int expected) {
		Policy policy = TestPolicies
			.read("rules: [{name: r, when: \"" + when + "\", grant: [{channel: a, operations: publish}]}]");
		assertThat(new RuleIndex(policy.text().rules()).candidates(TestUsers.user("ann", Map.of("n", 1L, "x", "y"))))
			.hasSize(expected);
	}

	/** The index must never change a decision, of grants and of denials. */
	@Tag("random")
	@Test
	void candidatesWhenConditionsAndUsersAreRandomThenTheSameAsWithoutAnIndex() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		int applied = 0;
		for (int round = 0; round < 300; round++) {
			List<Rule> rules = TestPolicies.read(randomPolicy(random)).text().rules();
			RuleIndex index = new RuleIndex(rules);
			for (int i = 0; i < 50; i++) {
				Facts facts = new Facts(randomUser(random), REQUEST);
				List<Rule> candidates = index.candidates(facts.user());
				for (Rule rule : rules) {
					Condition.Outcome outcome = rule.appliesTo(facts);
					boolean matters = outcome == Condition.Outcome.TRUE
							|| (outcome == Condition.Outcome.ERROR && rule.deny() != null);
					applied += matters ? 1 : 0;
					assertThat(!matters || candidates.contains(rule))
						.as("seed %d, %s, %s", seed, rule, facts.user().claims())
						.isTrue();
				}
			}
		}
		assertThat(applied).isGreaterThan(1000);
	}

	private static String randomPolicy(Random random) {
		StringBuilder yaml = new StringBuilder("rules:\n");
		for (int i = 0; i < 8; i++) {
			yaml.append("  - {name: r").append(i).append(", when: \"").append(condition(random, 3)).append("\", ");
			yaml.append(random.nextBoolean() ? "deny: nope}\n" : "grant: [{channel: a, operations: publish}]}\n");
		}
		return yaml.toString();
	}

	private static String condition(Random random, int depth) {
		if (depth == 0 || random.nextInt(3) == 0) {
			return PARTS.get(random.nextInt(PARTS.size()));
		}
		String left = condition(random, depth - 1);
		return switch (random.nextInt(5)) {
			case 0, 1 -> "(" + left + " && " + condition(random, depth - 1) + ")";
			case 2, 3 -> "(" + left + " || " + condition(random, depth - 1) + ")";
			default -> "!(" + left + ")";
		};
	}

	private static AppUser randomUser(Random random) {
		Map<String, Object> claims = new HashMap<>();
		List<String> roles = new ArrayList<>();
		List.of("a", "b").stream().filter((role) -> random.nextBoolean()).forEach(roles::add);
		claims.put("roles", roles);
		if (random.nextBoolean()) {
			claims.put("x", List.of("a", "b", 3L, List.of("a")).get(random.nextInt(4)));
		}
		if (random.nextBoolean()) {
			claims.put("o", random.nextBoolean() ? Map.of("p", "a", "k", 1L) : "text");
		}
		if (random.nextBoolean()) {
			claims.put("l", random.nextBoolean() ? List.of("a", 2L) : Map.of("a", 1L));
		}
		if (random.nextBoolean()) {
			claims.put("n", random.nextBoolean() ? 3L : "3");
		}
		return TestUsers.user(random.nextBoolean() ? "ann" : "bob", claims);
	}

}
