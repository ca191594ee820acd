package dev.ablyauth.policy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules that say nothing beside another one, or say the opposite.
 */
class RulePairsTests {

	private static final String GRANT = "grant: [{channel: a, operations: publish}]";

	@Test
	void warningsWhenTwoRulesAreTheSameThenOnlyTheLaterIsWarnedAbout() {
		assertThat(warnings(GRANT, GRANT)).containsExactly(
				"line 3, column 12: the rule \"two\" gives nothing that \"one\" does not give to the same people");
	}

	@Test
	void warningsWhenTheWiderRuleComesLaterThenTheNarrowerIsWarnedAbout() {
		assertThat(warnings(GRANT, GRANT.replace("publish", "'*'"))).singleElement()
			.asString()
			.contains("\"one\" gives nothing that \"two\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~', value = {
			"grant: [{for-each: claims.p, as: p, channel: 'a:{p}:*', operations: '*'}]; grant: [{for-each: claims.p, as: p, channel: 'a:{p}:x', operations: publish}]; true",
			"grant: [{for-each: claims.p, as: p, channel: 'a:{p}:*', operations: '*'}]; grant: [{for-each: claims.q, as: p, channel: 'a:{p}:x', operations: publish}]; false",
			"grant: [{channel: 'a:*', operations: '*'}]; grant: [{for-each: claims.q, as: p, channel: 'a:{p}:x', operations: publish}]; true",
			"grant: [{channel: ['a:*', 'b:{claims.team}'], operations: '*'}]; grant: [{channel: 'a:b', operations: publish}]; false",
			"when: \"user.guest || !user.guest\", grant: [{channel: a, operations: '*'}]; when: user.guest, grant: [{channel: a, operations: publish}]; true",
			"when: \"user.id == 'x'\", grant: [{channel: a, operations: '*'}]; when: \"user.id == 'x' && user.guest\", grant: [{channel: a, operations: publish}]; false",
			"when: \"user.id == 'x'\", grant: [{channel: a, operations: '*'}]; when: \"user.id == 'y'\", grant: [{channel: a, operations: publish}]; false",
			"when: \"user.id == 'x'\", grant: [{channel: a, operations: '*'}]; grant: [{channel: a, operations: publish}]; false",
			"grant: [{channel: a, operations: '*'}]; grant: [{channel: a, operations: publish}], format: jwt; false",
			"grant: [{channel: a, operations: '*'}]; grant: [{channel: a, operations: publish}], ttl: 5m; false",
			"grant: [{channel: a, operations: '*'}]; grant: [{channel: a, operations: publish}], user-claims: {a: x}; false",
			"grant: [{channel: a, operations: '*'}]; grant: [{channel: a, operations: publish}], wildcard-client-id: true; false",
			"grant: [{channel: a, operations: '*'}]; when: user.guest, deny: No.; false" })
	void warningsWhenOneRuleCoversTheOtherForTheSamePeopleThenWarned(String one, String two, boolean warned) {
		assertThat(warnings(one, two).stream().anyMatch((warning) -> warning.contains("gives nothing that")))
			.isEqualTo(warned);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~', value = { "user-claims: {a: x}; user-claims: {a: y}; true",
			"user-claims: {a: x}; user-claims: {a: x}; false", "user-claims: {a: x}; user-claims: {b: y}; false",
			"room-claims: {a: x}; room-claims: {a: y}; true", "user-claims: {a: x}; room-claims: {a: y}; false",
			"revocation-key: k; revocation-key: l; true", "revocation-key: k; revocation-key: k; false",
			"revocation-key: k; user-claims: {a: y}; false", "publish-limits: {a: 1}; publish-limits: {a: 2}; false",
			"when: \"user.id == 'a'\", revocation-key: k; revocation-key: l; true",
			"revocation-key: k; when: \"user.id == 'a'\", revocation-key: l; true",
			"when: \"user.id == 'a'\", revocation-key: k; when: claims.x, revocation-key: l; true",
			"when: \"user.id == 'a'\", revocation-key: k; when: \"user.id == 'b'\", revocation-key: l; false" })
	void warningsWhenTwoRulesSayDifferentThingsToOnePersonThenWarned(String one, String two, boolean warned) {
		List<String> warnings = warnings(GRANT + ", " + one, GRANT + ", " + two);
		assertThat(warnings.stream()
			.anyMatch((warning) -> warning.equals("line 3, column 12: the rules \"one\" and"
					+ " \"two\" say different things about the same, and refuse whoever meets both")))
			.as(warnings.toString())
			.isEqualTo(warned);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "'x' in user.roles && claims.y; 'x' in user.roles; true", "user.guest; user.guest; true",
					"'x' in user.roles; 'x' in user.roles && claims.y; false",
					"user.guest || user.id == 'a'; user.id == 'a' || true; false" })
	void warningsWhenADenyRefusesAllForWhomARuleIsThenWarned(String grant, String deny, boolean warned) {
		List<String> warnings = warnings("when: \"" + grant + "\", " + GRANT, "when: \"" + deny + "\", deny: No.");
		assertThat(warnings
			.contains("line 2, column 12: the rule \"one\" gives nothing: \"two\" refuses all for whom it is"))
			.isEqualTo(warned);
	}

	private static List<String> warnings(String one, String two) {
		Policy policy = TestPolicies.read("rules:\n  - {name: one, " + one + "}\n  - {name: two, " + two + "}\n");
		return RulePairs.warnings(policy.text().rules()).stream().map(PolicyProblem::toString).toList();
	}

}
