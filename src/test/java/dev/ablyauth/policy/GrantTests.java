package dev.ablyauth.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.Resource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the policy gave, and what a key leaves of it.
 */
class GrantTests {

	private static final Policy POLICY = TestPolicies.read("""
			rules:
			  - name: small
			    format: jwt
			    grant: [{channel: a, operations: publish}]
			  - name: large
			    grant: [{channel: [a, "b:*"], operations: [publish, subscribe]}]
			    revocation-key: k
			  - name: closed
			    format: ably-token
			    grant: [{channel: c, operations: subscribe}]
			  - name: open
			    format: token-request
			    grant: [{channel: c, operations: history}]
			""");

	@Test
	void rulesForThenThoseThatGiveItByThemselves() {
		Grant grant = grant();
		assertThat(rulesFor(grant, "a", "publish")).containsExactly("small", "large");
		assertThat(rulesFor(grant, "a", "publish", "subscribe")).containsExactly("large");
		assertThat(rulesFor(grant, "c", "subscribe", "history")).isEmpty();
	}

	@Test
	void largestRuleThenTheOneWithTheLongestCapability() {
		assertThat(grant().largestRule()).isEqualTo("large");
	}

	@Test
	void formatThenTheMostClosedThatARuleNames() {
		assertThat(grant().format()).isEqualTo(Format.ABLY_TOKEN);
	}

	@Test
	void partsThenWhatEachRuleGave() {
		assertThat(grant().parts()).extracting((part) -> part.rule() + " " + part.capability().text())
			.startsWith("small {\"a\":[\"publish\"]}",
					"large {\"a\":[\"publish\",\"subscribe\"],\"b:*\":[\"publish\",\"subscribe\"]}");
		assertThat(grant().rules()).containsExactly("small", "large", "closed", "open");
	}

	@Test
	void withinWhenTheKeyAllowsAllThenTheSame() {
		Grant grant = grant();
		assertThat(grant.within(Capability.everything())).isSameAs(grant);
		assertThat(grant.within(capability("{\"*\":[\"*\"]}"))).isSameAs(grant);
	}

	@Test
	void withinWhenTheKeyAllowsLessThenAllButTheCapabilityStays() {
		Grant narrow = grant().within(capability("{\"b:*\":[\"*\"],\"b:x\":[\"*\"]}"));
		assertThat(narrow.capability().text()).isEqualTo("{\"b:*\":[\"publish\",\"subscribe\"]}");
		assertThat(narrow.losses().toKey())
			.hasToString("{\"a\":[\"publish\",\"subscribe\"],\"c\":[\"history\",\"subscribe\"]}");
		assertThat(narrow.losses().ofWish()).isNull();
		assertThat(narrow.losses().any()).isTrue();
		assertThat(narrow.clientId().value()).isEqualTo("ann");
		assertThat(narrow.features().names()).containsExactly("revocation-key");
		assertThat(narrow.lifetime()).isEqualTo(new Lifetime(Duration.ofHours(1), "policy"));
		assertThat(narrow.rules()).hasSize(4);
	}

	@Test
	void withinWhenTheKeyAllowsNothingOfItThenRefused() {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> grant().within(capability("{\"a\":[\"history\"]}")))
			.extracting(Refused::reason)
			.isEqualTo(Reason.KEY_ALLOWS_NOTHING);
	}

	@Test
	void leastThenTheShortestAndOfEqualOnesTheFirst() {
		assertThat(Lifetime.least(List.of(new Lifetime(Duration.ofHours(2), "policy"),
				new Lifetime(Duration.ofHours(1), "rule"), new Lifetime(Duration.ofHours(1), "wish"))))
			.isEqualTo(new Lifetime(Duration.ofHours(1), "rule"));
	}

	private static List<String> rulesFor(Grant grant, String resource, String... operations) {
		return grant.rulesFor(Resource.parse(resource), Operations.standard().read(List.of(operations)));
	}

	private static Grant grant() {
		return POLICY.grant(TestUsers.user("ann", Map.of()), Wish.NONE,
				new RequestFacts("127.0.0.1", "", Instant.EPOCH));
	}

	private static Capability capability(String json) {
		return new CapabilityJson(Operations.standard()).read(json);
	}

}
