package dev.ablyauth.policy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a value of the user becomes, and what happens without it.
 */
class ValuesTests {

	private static final RequestFacts REQUEST = new RequestFacts("192.0.2.1", "", Instant.EPOCH);

	/** They would all become one and the same question mark. */
	@ParameterizedTest
	@CsvSource({ "enc", "pseudonym" })
	void grantWhenAHalfCharacterIsEncodedThenNotSafe(String filter) {
		Policy policy = TestPolicies
			.read("rules: [{name: r, grant: [{channel: 'a:{claims.x|" + filter + "}', operations: publish}]}]");
		assertRefused(policy, Map.of("x", "\ud800"), Reason.CLAIM_NOT_SAFE, "claims.x");
		assertThat(policy.grant(TestUsers.user("ann", Map.of("x", "\ud83d\ude00")), Wish.NONE, REQUEST).rules())
			.containsExactly("r");
	}

	/** Empty where nobody can tell without the session. */
	@ParameterizedTest
	@CsvSource({ "{user.id},ann,ann", "u-{user.id},ann,u-ann", "{user.id},guest-1,guest-1", "{claims.x},ann,",
			"{user.id},a*b,", "{user.id},null," })
	void clientIdOfThenByTheIdAloneOrEmpty(String template, String id, @Nullable String clientId) {
		Policy policy = TestPolicies
			.read("client-id: '" + template + "'\nrules: [{name: r, grant: [{channel: a, operations: publish}]}]");
		assertThat(policy.clientIdOf(id).map(ClientId::value)).isEqualTo(Optional.ofNullable(clientId));
	}

	@ParameterizedTest
	@CsvSource({ "{claims.x|pseudonym},claims.x|pseudonym", "{claims.x},claims.x" })
	void grantWhenThereIsNoClientIdThenThePlaceholderIsNamed(String template, String name) {
		Policy policy = TestPolicies
			.read("client-id: '" + template + "'\nrules: [{name: r, grant: [{channel: a, operations: publish}]}]");
		assertRefused(policy, Map.of(), Reason.CLAIM_NOT_SAFE, "The value of " + name + " cannot be a clientId.");
		assertRefused(policy, Map.of("x", ""), Reason.CLAIM_NOT_SAFE,
				"The value of " + name + " cannot be a clientId.");
	}

	@Test
	void grantWhenOneOfTwoValuesIsMissingThenTheRuleGivesNothingAtAll() {
		Policy policy = TestPolicies
			.read("rules: [{name: r, grant: [{channel: [a, 'b:{claims.x}'], operations: publish}]}]");
		assertRefused(policy, Map.of(), Reason.NOTHING_GRANTED, "nothing");
		assertRefused(policy, Map.of("x", ""), Reason.NOTHING_GRANTED, "nothing");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "user-claims: {a: '{claims.x}'}", "room-claims: {a: '{claims.x}'}",
			"publish-limits: {'a:{claims.x}': 1}", "revocation-key: '{claims.x}'" })
	void grantWhenAValueOfWhatTheJwtSaysIsMissingThenTheRuleGivesNothing(String line) {
		Policy policy = TestPolicies
			.read("rules: [{name: r, grant: [{channel: a, operations: publish}], " + line + "}]");
		assertRefused(policy, Map.of(), Reason.NOTHING_GRANTED, "nothing");
		assertThat(policy.grant(TestUsers.user("ann", Map.of("x", "y")), Wish.NONE, REQUEST).features().names())
			.hasSize(1);
	}

	@Test
	void verdictWhenOneOfTwoValuesIsMissingThenOnlyThatIsNamed() {
		String grant = "grant: [{channel: 'a:{claims.x}:{claims.y}', operations: publish}]";
		assertThat(verdict(grant, Map.of("x", "1")).reason()).isEqualTo("the user has no value for claims.y");
		assertThat(verdict(grant, Map.of("x", "1", "y", "")).reason()).isEqualTo("the user has no value for claims.y");
	}

	@Test
	void verdictWhenAnElementIsBadThenTheRuleRefuses() {
		String grant = "grant: [{for-each: claims.p, as: p, channel: 'a:{p}', operations: publish}]";
		assertThat(verdict(grant, Map.of("p", Arrays.asList("x", null)))).isEqualTo(new RuleVerdict("r",
				RuleVerdict.Outcome.REFUSES, "An element of claims.p cannot become part of a channel name."));
	}

	/** The part that decides is the false one, even beside one that cannot be decided. */
	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~', value = {
			"claims.none == 'x' && user.id == 'bob'; user.id == \"bob\" is false (user.id is \"ann\")",
			"user.id == 'ann' && claims.none == 'x'; claims.none == \"x\" cannot be decided (claims.none is absent)",
			"user.id == 'bob' && claims.none == 'x'; user.id == \"bob\" is false (user.id is \"ann\")" })
	void verdictWhenSeveralPartsThenTheOneThatDecides(String when, String reason) {
		assertThat(verdict("when: \"" + when + "\", grant: [{channel: a, operations: publish}]", Map.of()).reason())
			.isEqualTo(reason);
	}

	@Test
	void verdictWhenAValueIsLongThenCut() {
		String rule = "when: \"claims.x == 'a'\", grant: [{channel: a, operations: publish}]";
		assertThat(verdict(rule, Map.of("x", "y".repeat(198))).reason()).endsWith("y\")");
		assertThat(verdict(rule, Map.of("x", "y".repeat(199))).reason())
			.endsWith("(claims.x is \"" + "y".repeat(199) + "...)");
	}

	@Test
	void appliesToWhenTheUserIsAGuestThenOnlyIfTheRuleSpeaksOfGuests() {
		Rule rule = TestPolicies.read("rules: [{name: r, grant: [{channel: a, operations: publish}]}]")
			.text()
			.rules()
			.get(0);
		assertThat(rule.appliesTo(new Facts(TestUsers.guest("g"), REQUEST))).isEqualTo(Condition.Outcome.FALSE);
		assertThat(rule.appliesTo(new Facts(TestUsers.user("ann", Map.of()), REQUEST)))
			.isEqualTo(Condition.Outcome.TRUE);
	}

	/** The index is for speed, and must not change a decision. */
	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "'k' in claims.o; true", "'z' in claims.o; false", "'a' in claims.l; true",
					"'k' in claims; false", "'o' in claims; true", "'bob' == user.id || user.id == 'ann'; true",
					"user.id == 'bob' || 'a' in claims.l; true", "claims.o.k == 'v'; true", "claims.o.k == 'w'; false",
					"user.id == claims.me; true" })
	void grantWhenTheIndexChoosesRulesThenNoneThatAppliesIsLeftOut(String when, boolean applies) {
		Policy policy = TestPolicies
			.read("rules: [{name: r, when: \"" + when + "\", grant: [{channel: a, operations: publish}]}]");
		Map<String, Object> claims = Map.of("o", Map.of("k", "v"), "l", List.of("a"), "me", "ann");
		if (applies) {
			assertThat(policy.grant(TestUsers.user("ann", claims), Wish.NONE, REQUEST).rules()).containsExactly("r");
		}
		else {
			assertRefused(policy, claims, Reason.NOTHING_GRANTED, "nothing");
		}
	}

	private static RuleVerdict verdict(String rule, Map<String, Object> claims) {
		return TestPolicies.read("rules: [{name: r, " + rule + "}]")
			.verdicts(TestUsers.user("ann", claims), REQUEST)
			.get(0);
	}

	private static void assertRefused(Policy policy, Map<String, Object> claims, Reason reason, String message) {
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> policy.grant(TestUsers.user("ann", claims), Wish.NONE, REQUEST))
			.withMessageContaining(message)
			.extracting(Refused::reason)
			.isEqualTo(reason);
	}

}
