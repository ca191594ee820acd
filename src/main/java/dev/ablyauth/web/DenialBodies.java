package dev.ablyauth.web;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.revocation.DenialWish;
import dev.ablyauth.revocation.Target;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what an admin wants to have denied.
 */
final class DenialBodies {

	/** Later than any end that somebody means, and still a number for each database. */
	private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

	private static final int MOST_CLIENT_IDS = 100;

	private final AdminBodies bodies;

	DenialBodies(AdminBodies bodies) {
		this.bodies = bodies;
	}

	/**
	 * Reads a body.
	 * @throws Refused if it is no denial
	 */
	DenialCall read(HttpServletRequest request, AdminCaller caller) {
		JsonNode body = this.bodies.readTargets(request, "target", "reason", "until", "revoke", "clientIds");
		if (!body.path("reason").isString()) {
			throw AdminUsers.invalid("reason: must be a text.");
		}
		try {
			boolean revoke = AdminTargets.flag(body, "revoke");
			List<Target> clientIds = clientIds(AdminTargets.list(body.path("clientIds"), "clientIds"));
			if (!revoke && !clientIds.isEmpty()) {
				throw new IllegalArgumentException("clientIds: have no effect without \"revoke\": true");
			}
			DenialWish wish = new DenialWish(AdminTargets.target(body.path("target")), body.path("reason").asString(),
					caller.name(), until(body.path("until")));
			return new DenialCall(wish, revoke, clientIds);
		}
		catch (IllegalArgumentException ex) {
			throw AdminUsers.invalid(ex.getMessage() + ".");
		}
	}

	private static List<Target> clientIds(List<JsonNode> items) {
		if (items.size() > MOST_CLIENT_IDS) {
			throw new IllegalArgumentException("clientIds: must be at most " + MOST_CLIENT_IDS);
		}
		return items.stream().map((item) -> clientId(item)).toList();
	}

	private static Target clientId(JsonNode item) {
		try {
			return new Target(Target.Kind.CLIENT_ID, item.isString() ? item.asString() : "");
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("clientIds: each " + ex.getMessage(), ex);
		}
	}

	private static @Nullable Instant until(JsonNode until) {
		if (until.isMissingNode() || until.isNull()) {
			return null;
		}
		try {
			Instant time = Instant.parse(until.asString("")).truncatedTo(ChronoUnit.MILLIS);
			if (time.isBefore(LATEST)) {
				return time;
			}
		}
		catch (DateTimeParseException ex) {
			// Told below.
		}
		throw new IllegalArgumentException("until: must be a time such as 2030-01-01T00:00:00Z");
	}

}
