package dev.ablyauth.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.session.AppUser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A policy that is tried before it is used.
 */
class TrialPolicyTests {

	private static final String LIVE = "rules: [{name: r, grant: [{channel: a, operations: [publish, subscribe]}]}]";

	private static final AppUser BOB = TestUsers.user("bob", Map.of());

	private final LivePolicy live = TestPolicies.live(LIVE);

	private final TrialPolicy trial = new TrialPolicy(this.live, TestPolicies.loader(),
			new PolicyReader(Operations.standard()), LintContext.DEFAULTS);

	@Test
	void compareWhenItCanBeUsedThenWhatItChangesForUsersAndTests() {
		PolicyChange change = compare("""
				rules: [{name: r, grant: [{channel: a, operations: [publish, history]}]}]
				tests:
				  - {name: one, user: {id: ann}, can: {a: publish}}
				  - {name: two, user: {id: ann}, can: {a: history}}
				""", BOB, BOB);
		assertThat(change.passed()).isTrue();
		assertThat(change.live()).isEqualTo(this.live.current().hash());
		assertThat(change.check().passed()).isTrue();
		assertThat(change.check().hash()).isNotEqualTo(change.live()).hasSize(16);
		assertThat(change.check().warnings()).isEmpty();
		assertThat(change.check().tests()).containsExactly(new PolicyCheck.TestResult("one", true, ""),
				new PolicyCheck.TestResult("two", true, ""));
		assertThat(change.changes()).containsExactly(
				new PolicyChange.UserChange("bob", "other", "{\"a\":[\"history\"]}", "{\"a\":[\"subscribe\"]}", ""),
				new PolicyChange.UserChange("ann", "other", "{\"a\":[\"history\"]}", "{\"a\":[\"subscribe\"]}", ""));
	}

	@Test
	void compareWhenNothingChangesThenTheSameAndTheWarningsStay() {
		PolicyChange change = compare(LIVE, BOB);
		assertThat(change.changes()).containsExactly(new PolicyChange.UserChange("bob", "same", "", "", ""));
		assertThat(change.check().warnings()).singleElement().asString().contains("there are no \"tests\"");
	}

	@Test
	void compareWhenATestFailsThenItsMessageAndNoChanges() {
		PolicyChange change = compare(LIVE + "\ntests: [{name: t, user: {id: ann}, refused: true}]", BOB);
		assertThat(change.passed()).isFalse();
		assertThat(change.changes()).isEmpty();
		assertThat(change.check().passed()).isFalse();
		assertThat(change.check().tests()).singleElement().satisfies((test) -> {
			assertThat(test.passed()).isFalse();
			assertThat(test.message()).contains("granted by [r], expected to be refused");
		});
	}

	@Test
	void compareWhenItIsNoPolicyThenItsProblems() {
		PolicyChange change = compare("rules: 3");
		assertThat(change.passed()).isFalse();
		assertThat(change.check().hash()).isEmpty();
		assertThat(change.check().problems()).singleElement().asString().contains("\"rules\" must be a list");
		assertThat(change.live()).isEqualTo(this.live.current().hash());
	}

	/** Good in itself, and not for this server. */
	@Test
	void compareWhenThisServerCannotUseItThenTheReasonBesideWhatTheCheckFound() {
		PolicyChange change = compare("ttl: 59s\n" + LIVE + "\ntests: [{name: t, user: {id: ann}, refused: false}]");
		assertThat(change.passed()).isFalse();
		assertThat(change.check().problems()).singleElement().asString().contains("ably-auth.token.min-ttl, 60s");
		assertThat(change.check().hash()).hasSize(16);
		assertThat(change.check().tests()).hasSize(1);
		assertThat(compare("ttl: 60s\n" + LIVE).passed()).isTrue();
	}

	private PolicyChange compare(String yaml, AppUser... users) {
		return this.trial.compare(yaml, List.of(users), new RequestFacts("127.0.0.1", "", Instant.EPOCH));
	}

}
