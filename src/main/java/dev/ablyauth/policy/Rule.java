package dev.ablyauth.policy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * One rule of the policy.
 *
 * @param name how it is called in audit lines and explanations
 * @param condition null if it is for every signed-in person
 * @param deny the words for those whom it refuses, null if it grants
 * @param grants what it gives
 * @param ttl the longest life of a token that it takes part in, or null
 * @param format how it wants to be issued, or null
 * @param wildcardClientId whether its people may ask for the clientId {@code *}
 */
record Rule(String name, @Nullable Condition condition, @Nullable String deny, List<GrantTemplate> grants,
		@Nullable Duration ttl, @Nullable Format format, boolean wildcardClientId) {

	Condition.Outcome appliesTo(Facts facts) {
		if (facts.user().guest() && (this.condition == null || !this.condition.mentionsGuest())) {
			return Condition.Outcome.FALSE;
		}
		return (this.condition == null) ? Condition.Outcome.TRUE : this.condition.evaluate(facts);
	}

	/** What this rule gives; empty if the user lacks a value that it needs. */
	Optional<Capability> expand(AppUser user) {
		Map<Resource, OperationSet> entries = new HashMap<>();
		for (GrantTemplate grant : this.grants) {
			if (!grant.addTo(entries, user)) {
				return Optional.empty();
			}
		}
		return Optional.of(Capability.of(entries));
	}

}
