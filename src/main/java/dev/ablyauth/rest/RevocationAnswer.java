package dev.ablyauth.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonElement;
import dev.ablyauth.ably.IssuedBefore;
import dev.ablyauth.ably.Revocation;
import dev.ablyauth.ably.RevocationFailure;
import dev.ablyauth.ably.RevocationResult;
import dev.ablyauth.ably.TargetResult;
import dev.ablyauth.ably.TargetSpecifier;
import dev.ablyauth.session.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads Ably's answer to revokeTokens. A target counts as revoked only if the answer says
 * so once, and for the time that was asked for; what the answer says of others is left
 * out.
 */
final class RevocationAnswer {

	private static final StrictJson JSON = new StrictJson(8);

	private static final TargetResult UNKNOWN = new TargetResult.Failed(RevocationFailure.UNAVAILABLE, 0);

	/**
	 * No revocation waits longer than half a minute, or reaches back more than an hour.
	 */
	private static final Duration LATEST = Duration.ofHours(2);

	private RevocationAnswer() {
	}

	static RevocationResult read(JsonElement[] answer, Revocation revocation) {
		Map<String, TargetResult> said = new HashMap<>();
		for (JsonNode result : results(answer)) {
			// One that is there twice contradicts itself.
			said.merge(result.path("target").asString(""), result(result, revocation.issuedBefore()),
					(one, other) -> UNKNOWN);
		}
		Map<TargetSpecifier, TargetResult> results = new LinkedHashMap<>();
		revocation.targets().forEach((target) -> results.put(target, said.getOrDefault(target.text(), UNKNOWN)));
		return new RevocationResult(results);
	}

	private static Iterable<JsonNode> results(JsonElement[] answer) {
		if (answer.length != 1) {
			return List.of();
		}
		JsonNode results = JSON.read(answer[0].toString(), JsonNode.class).path("results");
		return results.isArray() ? results : List.of();
	}

	private static TargetResult result(JsonNode result, IssuedBefore asked) {
		JsonNode error = result.get("error");
		if (error != null && !error.isNull()) {
			int code = number(error.path("code"));
			return new TargetResult.Failed(RevocationFailure.of(number(error.path("statusCode")), code), code);
		}
		Instant issuedBefore = moment(result.path("issuedBefore"));
		Instant appliesAt = moment(result.path("appliesAt"));
		if (issuedBefore == null || issuedBefore.isBefore(asked.second()) || appliesAt == null
				|| appliesAt.isBefore(asked.second()) || appliesAt.isAfter(asked.second().plus(LATEST))) {
			return UNKNOWN;
		}
		return new TargetResult.Revoked(appliesAt);
	}

	private static int number(JsonNode node) {
		return (node.isIntegralNumber() && node.canConvertToInt()) ? node.intValue() : 0;
	}

	private static @Nullable Instant moment(JsonNode node) {
		return (node.isIntegralNumber() && node.canConvertToLong()) ? Instant.ofEpochMilli(node.longValue()) : null;
	}

}
