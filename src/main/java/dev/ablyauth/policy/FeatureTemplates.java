package dev.ablyauth.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.ablyauth.ably.JwtFeatures;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.ably.RevocationKey;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says that only an Ably JWT can carry.
 *
 * @param revocationKey by which its people can be revoked together, or null
 * @param userClaims what other clients read about them
 * @param roomClaims the same in Chat
 * @param publishLimits messages a second
 * @param server whether they are servers of the app
 */
record FeatureTemplates(@Nullable Segment revocationKey, List<Claim> userClaims, List<Claim> roomClaims,
		List<Limit> publishLimits, boolean server) {

	static final FeatureTemplates NONE = new FeatureTemplates(null, List.of(), List.of(), List.of(), false);

	/**
	 * Fills in the values of a user; empty if the user lacks one.
	 * @throws UnsafeValueException if a value may not become part of it
	 */
	Optional<JwtFeatures> expand(Values values) {
		if (equals(NONE)) {
			return Optional.of(JwtFeatures.NONE);
		}
		SortedMap<Resource, String> channels = new TreeMap<>();
		SortedMap<Resource, String> rooms = new TreeMap<>();
		SortedMap<Resource, BigDecimal> limits = new TreeMap<>();
		RevocationKey key = null;
		if (this.revocationKey != null) {
			Optional<String> text = this.revocationKey.expand(values);
			if (text.isEmpty()) {
				return Optional.empty();
			}
			key = new RevocationKey(text.get());
		}
		boolean complete = true;
		for (Claim claim : this.userClaims) {
			complete = complete && claim.addTo(channels, values);
		}
		for (Claim claim : this.roomClaims) {
			complete = complete && claim.addTo(rooms, values);
		}
		for (Limit limit : this.publishLimits) {
			complete = complete && limit.addTo(limits, values);
		}
		return complete ? Optional.of(new JwtFeatures(key, channels, rooms, limits, this.server)) : Optional.empty();
	}

	Stream<Placeholder> placeholders() {
		return Stream
			.of(Stream.ofNullable(this.revocationKey).map(Segment::placeholder).flatMap(Stream::ofNullable),
					Stream.concat(this.userClaims.stream(), this.roomClaims.stream())
						.flatMap((claim) -> Stream.concat(claim.scope().placeholders(), claim.value().placeholders())),
					this.publishLimits.stream().flatMap((limit) -> limit.scope().placeholders()))
			.flatMap((all) -> all);
	}

	/**
	 * A claim about the user.
	 *
	 * @param scope where it is shown
	 * @param value what it says
	 */
	record Claim(ResourceTemplate scope, TextTemplate value) {

		private boolean addTo(Map<Resource, String> claims, Values values) {
			Optional<Resource> resource = this.scope.expand(values);
			Optional<String> text = this.value.expand(values);
			if (resource.isEmpty() || text.isEmpty()) {
				return false;
			}
			claims.put(resource.get(), text.get());
			return true;
		}

	}

	/**
	 * A limit on publishing.
	 *
	 * @param scope where
	 * @param rate messages a second
	 */
	record Limit(ResourceTemplate scope, BigDecimal rate) {

		private boolean addTo(Map<Resource, BigDecimal> limits, Values values) {
			Optional<Resource> resource = this.scope.expand(values);
			resource.ifPresent((where) -> limits.merge(where, this.rate, BigDecimal::min));
			return resource.isPresent();
		}

	}

}
