package dev.ablyauth.cli;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.KeySecret;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Judges a TokenRequest. Spec: RSA9, TE2 to TE6; Ably docs, api/token-request-spec.
 *
 * @param inspector time, key and operations
 * @param report takes what is found
 */
record TokenRequestInspection(Inspector inspector, Report report) {

	private static final List<String> FIELDS = List.of("keyName", "ttl", "capability", "clientId", "timestamp", "nonce",
			"mac");

	private static final int SHORTEST_NONCE = 16;

	private static final Duration TOLERANCE = Duration.ofMinutes(2);

	private static final Duration DEFAULT_TTL = Duration.ofHours(1);

	/** In milliseconds this would be in the year 1973. */
	private static final long SURELY_SECONDS = 100_000_000_000L;

	Inspection inspect(JsonNode object, int bytes) {
		Members fields = new Members(object, this.report);
		unknown(fields);
		KeyNames keys = new KeyNames(this.inspector.key(), this.report);
		KeyName keyName = keys.name("keyName", fields.line("keyName"));
		nonce(fields.line("nonce"));
		signature(keys, keyName, fields);
		timestamp(fields.wholeNumber("timestamp"), fields.has("timestamp"));
		ttl(fields.wholeNumber("ttl"), fields.has("ttl"));
		ClientIds.judge(fields, "clientId");
		capability(fields);
		return new Inspection(Kind.TOKEN_REQUEST, bytes, null, this.report, null);
	}

	private void unknown(Members fields) {
		for (String name : fields.object().propertyNames()) {
			if (!FIELDS.contains(name)) {
				this.report.warn("unknown-field", "A TokenRequest has no field " + Printable.name(name)
						+ ", and Ably ignores it." + Spelling.didYouMean(name, FIELDS));
			}
		}
	}

	private void nonce(@Nullable String nonce) {
		if (nonce == null || nonce.length() < SHORTEST_NONCE) {
			this.report.warn("nonce", "The nonce must have " + SHORTEST_NONCE + " characters or more.");
		}
	}

	private void signature(KeyNames keys, @Nullable KeyName keyName, Members fields) {
		String mac = fields.text("mac");
		if (mac == null) {
			this.report.warn("mac-missing", "There is no mac: only the holder of the key could redeem it.");
			this.report.fact("signature", "signature", "not-checked", "not checked: there is no mac");
			return;
		}
		byte[] bytes = bytes(mac);
		if (!Base64.getEncoder().encodeToString(bytes).equals(mac)) {
			this.report.warn("mac-form", "The mac must be standard Base64 with padding.");
		}
		keys.signature(keyName, (secret) -> isSignedBy(secret, fields.object(), bytes));
	}

	private static byte[] bytes(String mac) {
		try {
			return Base64.getDecoder().decode(mac);
		}
		catch (IllegalArgumentException ex) {
			return new byte[0];
		}
	}

	/**
	 * Six lines, as they were sent. A ttl of 0 is an empty line to ably-js and ably-java,
	 * and a 0 to ably-go.
	 */
	private static boolean isSignedBy(KeySecret secret, JsonNode fields, byte[] mac) {
		String ttl = fields.path("ttl").asString("");
		return List.of(ttl, ttl.equals("0") ? "" : ttl).stream().anyMatch((line) -> {
			StringBuilder text = new StringBuilder();
			FIELDS.subList(0, FIELDS.size() - 1)
				.forEach(
						(name) -> text.append(name.equals("ttl") ? line : fields.path(name).asString("")).append('\n'));
			return secret.hasSigned(text.toString().getBytes(StandardCharsets.UTF_8), mac);
		});
	}

	private void timestamp(@Nullable Long milliseconds, boolean isThere) {
		if (!isThere) {
			this.report.warn("timestamp-missing", "timestamp is missing.");
		}
		if (milliseconds == null) {
			return;
		}
		Instant made = Instant.ofEpochMilli(milliseconds);
		this.report.fact("timestamp", "made", made.toString(), made + ", " + Spans.fromNow(made, this.inspector.now()));
		if (Math.abs(milliseconds) < SURELY_SECONDS) {
			this.report.warn("timestamp-seconds", "timestamp must be in milliseconds, and this looks like seconds.");
		}
		else if (Duration.between(made, this.inspector.now()).abs().compareTo(TOLERANCE) > 0) {
			this.report.warn("timestamp-not-current", "timestamp is " + Spans.fromNow(made, this.inspector.now())
					+ ". Ably takes a TokenRequest within 2 minutes.");
		}
	}

	private void ttl(@Nullable Long milliseconds, boolean isThere) {
		if (milliseconds == null) {
			if (!isThere) {
				this.report.fact("ttl", "lives", null,
						Spans.words(DEFAULT_TTL) + " from its redemption, Ably's default");
			}
			return;
		}
		Duration ttl = Duration.ofMillis(milliseconds);
		this.report.fact("ttl", "lives", milliseconds, Spans.words(ttl) + " from its redemption");
		if (ttl.isZero()) {
			this.report.warn("ttl-zero", "ttl is 0, which counts as none: Ably takes its default of 1 hour.");
		}
		else {
			JwtLife.judgeLength(ttl, this.inspector.key().hasRevocableTokens(), this.report);
		}
	}

	/** To Ably, an empty text is no capability here; in a JWT it is an error. */
	private void capability(Members fields) {
		String text = fields.line("capability");
		Capability capability = new CapabilityInspection(this.inspector, this.report)
			.judge("".equals(text) ? null : text, !"".equals(text) && fields.has("capability"));
		if (capability != null && !capability.text().equals(text)) {
			this.report.note("not-canonical", "The capability is not in Ably's canonical form (sorted, no white space)."
					+ " It counts as it was sent and signed.");
		}
	}

}
