package dev.ablyauth.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.ablyauth.session.AppUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Why a rule applies, and why not.
 */
class VerdictTests {

	private static final RequestFacts REQUEST = new RequestFacts("192.0.2.1", "", Instant.EPOCH);

	private static final AppUser ANN = TestUsers.user("ann", Map.of("roles", List.of("member"), "level", 3L, "tags",
			List.of("x"), "flag", false, "org", Map.of("id", "acme"), "odd", "a:b"));

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~', value = {
			"'admin' in user.roles; \"admin\" in user.roles is false (user.roles is [member])",
			"'member' in user.roles && claims.level > 5 && true; claims.level > 5 is false (claims.level is 3)",
			"claims.level > 5 || user.id == 'bob'; claims.level > 5 is false (claims.level is 3), and user.id == \"bob\" is false (user.id is \"ann\")",
			"claims.team == 'red'; claims.team == \"red\" cannot be decided (claims.team is absent)",
			"claims.org.id == 'x'; claims.org.id == \"x\" is false (claims.org.id is \"acme\")",
			"has(claims.team) && claims.team == 'x'; has(claims.team) is false",
			"claims.tags.exists(t, t == 'y'); claims.tags.exists(t, t == \"y\") is false (claims.tags is [x])",
			"claims['org']['id'].startsWith('b'); claims[\"org\"][\"id\"].startsWith(\"b\") is false (claims.org.id is \"acme\")",
			"claims.flag; claims.flag is false", "user.guest; user.guest is false",
			"claims.odd && true; claims.odd cannot be decided (claims.odd is \"a:b\")",
			"!('member' in user.roles); !(\"member\" in user.roles) is false (user.roles is [member])",
			"claims.level > 'a' && user.id == 'ann'; claims.level > \"a\" cannot be decided (claims.level is 3)" })
	void verdictWhenTheConditionDoesNotHoldThenThePartThatDecidesAndItsValues(String when, String reason) {
		assertThat(verdict("when: \"" + when + "\", grant: [{channel: a, operations: publish}]"))
			.isEqualTo(new RuleVerdict("r", RuleVerdict.Outcome.DOES_NOT_APPLY, reason));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "a:{claims.team}; the user has no value for claims.team",
					"a:{claims.odd}; the value of claims.odd cannot become part of a name: \"a:b\"" })
	void verdictWhenAValueIsMissingOrUnsafeThenItsName(String channel, String reason) {
		assertThat(verdict("grant: [{channel: '" + channel + "', operations: publish}]"))
			.isEqualTo(new RuleVerdict("r", RuleVerdict.Outcome.DOES_NOT_APPLY, reason));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "p:{p}; claims.none has no element", "p:{p}:{claims.team}; claims.none has no element" })
	void verdictWhenNoListHasAnElementThenWhichOnes(String channel, String reason) {
		assertThat(verdict("grant: [{for-each: claims.none, as: p, channel: '" + channel + "', operations: publish}]")
			.reason()).isEqualTo(reason);
	}

	@Test
	void verdictWhenAValueIsMissingBesideAnElementThenTheElementIsNotNamed() {
		assertThat(
				verdict("grant: [{for-each: claims.tags, as: p, channel: 'p:{p}:{claims.team}', operations: publish}]")
					.reason())
			.isEqualTo("the user has no value for claims.team");
	}

	@Test
	void verdictWhenItAppliesThenSo() {
		assertThat(verdict("when: user.id == 'ann', grant: [{channel: a, operations: publish}]"))
			.isEqualTo(new RuleVerdict("r", RuleVerdict.Outcome.GIVES, "user.id == \"ann\" is true"));
		assertThat(verdict("grant: [{channel: a, operations: publish}]").outcome())
			.isEqualTo(RuleVerdict.Outcome.GIVES);
	}

	@Test
	void verdictWhenItDeniesThenItRefuses() {
		assertThat(verdict("when: claims.level > 1, deny: nope"))
			.isEqualTo(new RuleVerdict("r", RuleVerdict.Outcome.REFUSES, "claims.level > 1 is true"));
		assertThat(verdict("when: claims.team == 'x', deny: nope").outcome()).isEqualTo(RuleVerdict.Outcome.REFUSES);
	}

	@Test
	void verdictWhenTheRuleIsNotForGuestsThenSo() {
		Policy policy = TestPolicies.read("rules: [{name: r, grant: [{channel: a, operations: publish}]}]");
		assertThat(policy.verdicts(TestUsers.guest("g"), REQUEST).get(0).reason()).contains("not for guests");
	}

	private static RuleVerdict verdict(String rule) {
		return TestPolicies.read("rules: [{name: r, " + rule + "}]").verdicts(ANN, REQUEST).get(0);
	}

}
