package dev.ablyauth.ably;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What only an Ably JWT can say: a TokenRequest and an opaque Ably Token have no place
 * for it. Source: Ably docs, auth/token/jwt; auth/revocation; errors/codes/40167.
 *
 * @param revocationKey {@code x-ably-revocation-key}, or null
 * @param channelClaims {@code ably.channel.<resource>}: what other clients read about the
 * sender of a message
 * @param roomClaims {@code ably.room.<room>}: the same in Chat
 * @param publishLimits {@code ably.limits.publish.perAttachment.maxRate.<resource>}:
 * messages a second, fractions allowed
 * @param server whether the client is a server of the app:
 * {@code x-ably-clientType: server}
 */
public record JwtFeatures(@Nullable RevocationKey revocationKey, SortedMap<Resource, String> channelClaims,
		SortedMap<Resource, String> roomClaims, SortedMap<Resource, BigDecimal> publishLimits, boolean server) {

	/** A token that says nothing of the kind. */
	public static final JwtFeatures NONE = new JwtFeatures(null, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(),
			false);

	/**
	 * Copies the maps.
	 */
	public JwtFeatures {
		channelClaims = Collections.unmodifiableSortedMap(new TreeMap<>(channelClaims));
		roomClaims = Collections.unmodifiableSortedMap(new TreeMap<>(roomClaims));
		publishLimits = Collections.unmodifiableSortedMap(new TreeMap<>(publishLimits));
	}

	/**
	 * Names what there is, in the words of the policy file.
	 * @return nothing if any kind of token will do
	 */
	public List<String> names() {
		List<String> names = new ArrayList<>();
		if (!this.channelClaims.isEmpty()) {
			names.add("user-claims");
		}
		if (!this.roomClaims.isEmpty()) {
			names.add("room-claims");
		}
		if (!this.publishLimits.isEmpty()) {
			names.add("publish-limits");
		}
		if (this.revocationKey != null) {
			names.add("revocation-key");
		}
		if (this.server) {
			names.add("client-type");
		}
		return names;
	}

	/** The claims of the wire; their names cannot meet those of any other claim. */
	Map<String, Object> claims() {
		Map<String, Object> claims = new LinkedHashMap<>();
		if (this.revocationKey != null) {
			claims.put("x-ably-revocation-key", this.revocationKey.value());
		}
		if (this.server) {
			claims.put("x-ably-clientType", "server");
		}
		this.channelClaims.forEach((resource, value) -> claims.put("ably.channel." + resource, value));
		this.roomClaims.forEach((room, value) -> claims.put("ably.room." + room, value));
		this.publishLimits
			.forEach((resource, rate) -> claims.put("ably.limits.publish.perAttachment.maxRate." + resource, rate));
		return claims;
	}

}
