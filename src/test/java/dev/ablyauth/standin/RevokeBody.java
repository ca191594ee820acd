package dev.ablyauth.standin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of revokeTokens. Source: Ably docs, auth/revocation; spec RSA17.
 *
 * @param targets 1 to 100 of them, each perhaps of a wrong type
 * @param issuedBefore not in the future and at most an hour ago
 * @param allowReauthMargin whether connections are asked to re-authenticate first
 */
record RevokeBody(List<String> targets, Instant issuedBefore, boolean allowReauthMargin) {

	private static final int MOST_TARGETS = 100;

	private static final Duration OLDEST = Duration.ofHours(1);

	static RevokeBody read(JsonNode body, Instant now) {
		JsonNode margin = body.get("allowReauthMargin");
		if (margin != null && !margin.isBoolean()) {
			throw invalid(40003, "allowReauthMargin must be true or false");
		}
		return new RevokeBody(targets(body.path("targets")), issuedBefore(body.get("issuedBefore"), now),
				margin != null && margin.booleanValue());
	}

	private static List<String> targets(JsonNode targets) {
		if (!targets.isArray() || targets.isEmpty() || targets.size() > MOST_TARGETS) {
			throw invalid(40000, "targets must be 1 to " + MOST_TARGETS + " strings");
		}
		return targets.valueStream().map((target) -> {
			if (!target.isString()) {
				throw invalid(40000, "a target must be a string");
			}
			return target.stringValue();
		}).toList();
	}

	private static Instant issuedBefore(@Nullable JsonNode value, Instant now) {
		if (value == null) {
			return now;
		}
		if (!value.isIntegralNumber() || !value.canConvertToLong()) {
			throw invalid(40003, "issuedBefore must be a whole number of milliseconds");
		}
		Instant issuedBefore = Instant.ofEpochMilli(value.longValue());
		if (issuedBefore.isAfter(now) || issuedBefore.isBefore(now.minus(OLDEST))) {
			throw invalid(40003, "issuedBefore must not be in the future, nor more than an hour ago");
		}
		return issuedBefore;
	}

	private static Refused invalid(int code, String why) {
		return new Refused(code, 400, "Invalid revocation: " + why);
	}

}
