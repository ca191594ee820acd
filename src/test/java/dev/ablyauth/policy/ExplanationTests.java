package dev.ablyauth.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Why a user gets a token, and which one.
 */
class ExplanationTests {

	private static final Policy POLICY = TestPolicies.read("""
			ttl: 2h
			rules:
			  - name: one
			    ttl: 30m
			    format: jwt
			    grant: [{channel: a, operations: [publish, subscribe]}]
			    revocation-key: team
			    user-claims: {a: member}
			    room-claims: {a: admin}
			    publish-limits: {a: 5}
			    client-type: server
			  - name: two
			    grant: [{channel: [a, b], operations: subscribe}]
			""");

	@Test
	void grantedThenEachOperationWithTheRulesThatGiveIt() {
		assertThat(given(grant(Wish.NONE)).capability()).containsExactly(
				new Explanation.Entry("a", "publish", List.of("one")),
				new Explanation.Entry("a", "subscribe", List.of("one", "two")),
				new Explanation.Entry("b", "subscribe", List.of("two")));
	}

	@Test
	void grantedThenAllElseThatTheTokenWillSay() {
		Explanation.Given given = given(grant(Wish.NONE));
		assertThat(given.clientId()).isEqualTo("ann");
		assertThat(given.longestSeconds()).isEqualTo(1800);
		assertThat(given.longestSetBy()).isEqualTo("rule \"one\"");
		assertThat(given.format()).isEqualTo("jwt");
		assertThat(given.lost()).isNull();
		assertThat(given.lostToKey()).isNull();
		assertThat(given.features()).isEqualTo(new Explanation.Features("team", Map.of("a", "member"),
				Map.of("a", "admin"), Map.of("a", new BigDecimal("5")), true));
	}

	@Test
	void grantedWhenWishOrKeyTakesSomethingThenWhatIsLost() {
		Wish wish = new Wish(null, Duration.ofMinutes(10),
				capability("{\"a\":[\"subscribe\",\"history\"],\"b\":[\"*\"]}"));
		Explanation.Given given = given(grant(wish).within(capability("{\"a\":[\"*\"]}")));
		assertThat(given.lost()).isEqualTo(Map.of("a", List.of("history"), "b", List.of("*")));
		assertThat(given.lostToKey()).isEqualTo(Map.of("b", List.of("subscribe")));
		assertThat(given.longestSetBy()).isEqualTo("wish");
		assertThat(given.capability()).extracting(Explanation.Entry::resource).containsExactly("a");
	}

	@Test
	void grantedWhenRulesSayNothingMoreThenNothing() {
		Policy plain = TestPolicies.read("rules: [{name: r, grant: [{channel: a, operations: publish}]}]");
		Explanation.Given given = given(plain.grant(TestUsers.user("ann", Map.of()), Wish.NONE, request()));
		assertThat(given.format()).isNull();
		assertThat(given.longestSetBy()).isEqualTo("policy");
		assertThat(given.features()).isEqualTo(new Explanation.Features(null, Map.of(), Map.of(), Map.of(), false));
	}

	@Test
	void refusedThenReasonWordsAndTheValueThatWasNotSafe() {
		List<RuleVerdict> rules = POLICY.verdicts(TestUsers.user("ann", Map.of()), request());
		Explanation explanation = Explanation.refused(rules, new Refused(Reason.CLAIM_NOT_SAFE, "No.", null, "a:b"),
				"h");
		assertThat(explanation.granted()).isFalse();
		assertThat(explanation.reason()).isEqualTo("claim-not-safe");
		assertThat(explanation.message()).isEqualTo("No. The value is \"a:b\".");
		assertThat(explanation.rules()).hasSize(2);
		assertThat(explanation.policy()).isEqualTo("h");
		assertThat(Explanation.refused(rules, new Refused(Reason.NO_SESSION, "No."), "h").message()).isEqualTo("No.");
	}

	private static Explanation.Given given(Grant grant) {
		Explanation explanation = Explanation.granted(List.of(), grant, null, "h");
		assertThat(explanation.granted()).isTrue();
		Explanation.Given given = explanation.given();
		assertThat(given).isNotNull();
		return Objects.requireNonNull(given);
	}

	private static Grant grant(Wish wish) {
		return POLICY.grant(TestUsers.user("ann", Map.of()), wish, request());
	}

	private static Capability capability(String json) {
		return new CapabilityJson(Operations.standard()).read(json);
	}

	private static RequestFacts request() {
		return new RequestFacts("127.0.0.1", "", Instant.EPOCH);
	}

}
