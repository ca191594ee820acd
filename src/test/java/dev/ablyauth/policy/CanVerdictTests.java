package dev.ablyauth.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.session.AppUser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * May this user do this here?
 */
class CanVerdictTests {

	private static final Policy POLICY = TestPolicies.read("""
			rules:
			  - name: members
			    when: '"member" in user.roles'
			    grant: [{channel: "team:{claims.team}:*", operations: [publish, subscribe]}]
			  - name: readers
			    grant: [{channel: "team:{claims.team}:*", operations: subscribe}, {channel: news, operations: history}]
			  - name: suspended
			    when: 'has(claims.suspended)'
			    deny: "Your account is suspended."
			""");

	private static final AppUser ANN = TestUsers.user("ann", Map.of("roles", List.of("member"), "team", "red"));

	private static final AppUser BOB = TestUsers.user("bob", Map.of("team", "red"));

	@Test
	void canWhenRulesGiveItThenAllThatDoAreNamed() {
		assertThat(can(ANN, "subscribe", "team:red:a"))
			.isEqualTo(new CanVerdict(true, List.of("members", "readers"), "Given by members, readers."));
		assertThat(can(ANN, "publish", "team:red:*"))
			.isEqualTo(new CanVerdict(true, List.of("members"), "Given by members."));
	}

	@Test
	void canWhenTheRuleThatCouldDoesNotApplyThenWhyNot() {
		assertThat(can(BOB, "publish", "team:red:a")).isEqualTo(
				new CanVerdict(false, List.of(), "No rule that applies gives it. The rule \"members\" does not apply:"
						+ " \"member\" in user.roles is false (user.roles is [])."));
	}

	@Test
	void canWhenTheRuleGivesItElsewhereThenSo() {
		assertThat(can(ANN, "publish", "team:blue:a")).isEqualTo(new CanVerdict(false, List.of(),
				"No rule that applies gives it. The rule \"members\" applies, and gives it elsewhere."));
	}

	@Test
	void canWhenNoRuleEverGivesItThenNoneIsNamed() {
		assertThat(can(ANN, "history", "team:red:a").reason()).isEqualTo("No rule that applies gives it.");
		assertThat(can(ANN, "*", "news").reason()).isEqualTo("No rule that applies gives it.");
		assertThat(can(ANN, "publish", "team:red").reason()).isEqualTo("No rule that applies gives it.");
	}

	@Test
	void canWhenTheKeyDoesNotAllowItThenItsTheKey() {
		Capability key = new CapabilityJson(Operations.standard()).read("{\"team:*\":[\"subscribe\"]}");
		assertThat(can(key, ANN, "publish", "team:red:a")).isEqualTo(
				new CanVerdict(false, List.of("members"), "The policy gives it, and the API key does not allow it."));
		assertThat(can(key, ANN, "subscribe", "team:red:a").allowed()).isTrue();
	}

	@Test
	void canWhenRefusedByARuleThenTheRuleAndItsWordsAlone() {
		CanVerdict verdict = can(TestUsers.user("eve", Map.of("suspended", true)), "publish", "team:red:a");
		assertThat(verdict.allowed()).isFalse();
		assertThat(verdict.rules()).containsExactly("suspended");
		assertThat(verdict.reason()).isEqualTo("The rule \"suspended\" refuses this user: Your account is suspended.");
	}

	private static CanVerdict can(AppUser user, String operation, String resource) {
		return can(Capability.everything(), user, operation, resource);
	}

	private static CanVerdict can(Capability key, AppUser user, String operation, String resource) {
		return CanVerdict.of(POLICY, key, user, new RequestFacts("127.0.0.1", "", Instant.EPOCH),
				Operations.standard().read(List.of(operation)), Resource.parse(resource));
	}

}
