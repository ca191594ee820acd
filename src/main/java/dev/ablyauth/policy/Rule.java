package dev.ablyauth.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.JwtFeatures;
import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * One rule of the policy.
 *
 * @param name how it is called in audit lines and explanations
 * @param place where it stands in the file
 * @param condition null if it is for every signed-in person
 * @param deny the words for those whom it refuses, null if it grants
 * @param grants what it gives
 * @param features what it says that only a JWT can carry
 * @param ttl the longest life of a token that it takes part in, or null
 * @param format how it wants to be issued, or null
 * @param wildcardClientId whether its people may ask for the clientId {@code *}
 */
record Rule(String name, Place place, @Nullable Condition condition, @Nullable String deny, List<GrantTemplate> grants,
		FeatureTemplates features, @Nullable Duration ttl, @Nullable Format format, boolean wildcardClientId) {

	Condition.Outcome appliesTo(Facts facts) {
		if (isClosedTo(facts.user())) {
			return Condition.Outcome.FALSE;
		}
		return (this.condition == null) ? Condition.Outcome.TRUE : this.condition.evaluate(facts);
	}

	/** Guests get what is meant for guests. */
	boolean isClosedTo(AppUser user) {
		return user.guest() && (this.condition == null || !this.condition.mentionsGuest());
	}

	/**
	 * What this rule gives; empty if the user lacks a value that it needs.
	 * @throws UnsafeValueException if a value may not become part of a name
	 */
	Optional<Grant.Part> expand(Values values) {
		Map<Resource, OperationSet> entries = new TreeMap<>();
		for (GrantTemplate grant : this.grants) {
			if (!grant.addTo(entries, values)) {
				return Optional.empty();
			}
		}
		Optional<JwtFeatures> said = this.features.expand(values);
		return (entries.isEmpty() || said.isEmpty()) ? Optional.empty()
				: Optional.of(new Grant.Part(this.name, Capability.of(entries), said.get(), this.format));
	}

	Stream<Placeholder> placeholders() {
		return Stream.concat(this.grants.stream()
			.flatMap((grant) -> grant.resources().stream())
			.flatMap(ResourceTemplate::placeholders), this.features.placeholders());
	}

}
