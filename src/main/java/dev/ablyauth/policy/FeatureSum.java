package dev.ablyauth.policy;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.ablyauth.ably.JwtFeatures;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.ably.RevocationKey;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the matching rules say that only a JWT can carry. Of two limits the lower
 * one counts; two revocation keys, or two values of one claim, cannot both be true.
 */
final class FeatureSum {

	private final SortedMap<Resource, String> channelClaims = new TreeMap<>();

	private final SortedMap<Resource, String> roomClaims = new TreeMap<>();

	private final SortedMap<Resource, BigDecimal> publishLimits = new TreeMap<>();

	/** Which rule said a thing first. */
	private final Map<String, String> saidBy = new HashMap<>();

	private @Nullable RevocationKey revocationKey;

	private boolean server;

	private FeatureSum() {
	}

	/**
	 * Adds up.
	 * @throws Refused if two rules contradict each other
	 */
	static JwtFeatures of(List<Grant.Part> parts) {
		if (parts.stream().allMatch((part) -> part.features().equals(JwtFeatures.NONE))) {
			return JwtFeatures.NONE;
		}
		FeatureSum sum = new FeatureSum();
		parts.forEach(sum::add);
		return new JwtFeatures(sum.revocationKey, sum.channelClaims, sum.roomClaims, sum.publishLimits, sum.server);
	}

	private void add(Grant.Part part) {
		JwtFeatures features = part.features();
		RevocationKey key = features.revocationKey();
		if (key != null) {
			refuseContradiction(this.revocationKey, key, "revocation-key", "", part.rule());
			this.revocationKey = key;
		}
		add(this.channelClaims, features.channelClaims(), "user-claims", part.rule());
		add(this.roomClaims, features.roomClaims(), "room-claims", part.rule());
		features.publishLimits().forEach((where, rate) -> this.publishLimits.merge(where, rate, BigDecimal::min));
		this.server |= features.server();
	}

	private void add(Map<Resource, String> sum, Map<Resource, String> claims, String what, String rule) {
		claims
			.forEach((where, value) -> refuseContradiction(sum.put(where, value), value, what, where.toString(), rule));
	}

	private void refuseContradiction(@Nullable Object before, Object now, String what, String where, String rule) {
		String first = this.saidBy.putIfAbsent(what + where, rule);
		if (before != null && !before.equals(now)) {
			throw new Refused(Reason.RULE_CONFLICT,
					"The rules \"" + first + "\" and \"" + rule + "\" say different things in " + what + ".", rule,
					where);
		}
	}

}
