package dev.ablyauth.standin;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import tools.jackson.databind.JsonNode;

/**
 * Verifies a signed TokenRequest. Spec: TE2 to TE5, and the signing text of Ably's
 * TokenRequest page: six lines, each ended by a line feed.
 */
final class TokenRequestCheck {

	private static final Duration WINDOW = Duration.ofMinutes(2);

	private static final Duration DEFAULT_TTL = Duration.ofHours(1);

	private static final int SHORTEST_NONCE = 16;

	private final Set<String> nonces = ConcurrentHashMap.newKeySet();

	private final StandInKeys keys;

	private final Clock clock;

	TokenRequestCheck(StandInKeys keys, Clock clock) {
		this.keys = keys;
		this.clock = clock;
	}

	/**
	 * Returns the key that signed, or throws {@link Refused}. A nonce counts as used once
	 * the mac was right.
	 */
	StandInKey verify(String keyName, JsonNode request) {
		StandInKey key = this.keys.named(keyName);
		if (!keyName.equals(string(request, "keyName"))) {
			throw invalid("keyName is not the one in the path");
		}
		long timestamp = timestamp(request);
		requireClientId(request);
		ttl(request, key);
		requireMac(request, timestamp, key);
		Duration off = Duration.between(Instant.ofEpochMilli(timestamp), this.clock.instant()).abs();
		if (off.compareTo(WINDOW) > 0) {
			throw new Refused(40104, 401, "Timestamp not current");
		}
		String nonce = string(request, "nonce");
		if (nonce.length() < SHORTEST_NONCE) {
			throw new Refused(40105, 401, "Nonce too short");
		}
		if (!this.nonces.add(nonce)) {
			throw new Refused(40105, 401, "Nonce value replayed");
		}
		return key;
	}

	static Duration ttl(JsonNode request, StandInKey key) {
		JsonNode ttl = request.get("ttl");
		if (ttl == null) {
			return DEFAULT_TTL;
		}
		BigDecimal longest = BigDecimal.valueOf(key.longestLife().toMillis());
		if (!ttl.isIntegralNumber() || ttl.decimalValue().signum() < 0 || ttl.decimalValue().compareTo(longest) > 0) {
			throw new Refused(40003, 400, "Invalid ttl");
		}
		return (ttl.longValue() == 0) ? DEFAULT_TTL : Duration.ofMillis(ttl.longValue());
	}

	/** What the request asks for within the key. No capability means the whole key. */
	static StandInCapability capability(JsonNode request, StandInKey key) {
		String text = optional(request, "capability");
		return text.isEmpty() ? key.capability() : StandInCapability.parse(text).within(key.capability());
	}

	private static void requireMac(JsonNode request, long timestamp, StandInKey key) {
		if (!request.has("mac")) {
			throw new Refused(40101, 401, "An unsigned TokenRequest needs other credentials");
		}
		String ttl = request.path("ttl").asString("");
		String text = String.join("\n", string(request, "keyName"), ttl.equals("0") ? "" : ttl,
				optional(request, "capability"), optional(request, "clientId"), Long.toString(timestamp),
				string(request, "nonce"), "");
		String mac = Base64.getEncoder().encodeToString(key.hmac(text));
		if (!MessageDigest.isEqual(mac.getBytes(StandardCharsets.UTF_8),
				string(request, "mac").getBytes(StandardCharsets.UTF_8))) {
			throw new Refused(40101, 401, "The mac does not match");
		}
	}

	private static long timestamp(JsonNode request) {
		JsonNode timestamp = request.get("timestamp");
		if (timestamp == null || !timestamp.isIntegralNumber() || !timestamp.canConvertToLong()) {
			throw invalid("timestamp must be a whole number of milliseconds");
		}
		return timestamp.longValue();
	}

	private static void requireClientId(JsonNode request) {
		JsonNode clientId = request.get("clientId");
		if (clientId != null && (!clientId.isString() || clientId.stringValue().isEmpty())) {
			throw new Refused(40012, 400, "Invalid clientId");
		}
	}

	private static String optional(JsonNode request, String field) {
		return request.has(field) ? string(request, field) : "";
	}

	private static String string(JsonNode request, String field) {
		JsonNode value = request.get(field);
		if (value == null || !value.isString()) {
			throw invalid(field + " must be a string");
		}
		return value.stringValue();
	}

	private static Refused invalid(String why) {
		return new Refused(40000, 400, "Invalid TokenRequest: " + why);
	}

}
