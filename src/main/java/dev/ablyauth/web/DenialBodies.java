package dev.ablyauth.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Iterator;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.revocation.DenialWish;
import dev.ablyauth.revocation.Once;
import dev.ablyauth.revocation.Target;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what an admin wants to have denied.
 */
final class DenialBodies {

	private static final String KEY = "Idempotency-Key";

	/** Later than any end that somebody means, and still a number for each database. */
	private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

	private final AdminBodies bodies;

	DenialBodies(AdminBodies bodies) {
		this.bodies = bodies;
	}

	/**
	 * Reads a body.
	 * @throws Refused if it is no denial
	 */
	DenialWish read(HttpServletRequest request, AdminCaller caller) {
		JsonNode body = this.bodies.read(request, "target", "reason", "until", "revoke");
		if (!body.path("revoke").isMissingNode() && !body.path("revoke").isBoolean()) {
			throw AdminUsers.invalid("revoke: must be true or false.");
		}
		if (body.path("revoke").asBoolean(false)) {
			throw AdminUsers.invalid("revoke: this version does not revoke at Ably, leave it out.");
		}
		if (!body.path("reason").isString()) {
			throw AdminUsers.invalid("reason: must be a text.");
		}
		try {
			return new DenialWish(target(body.path("target")), body.path("reason").asString(), caller.name(),
					until(body.path("until")));
		}
		catch (IllegalArgumentException ex) {
			throw AdminUsers.invalid(ex.getMessage() + ".");
		}
	}

	private static Target target(JsonNode target) {
		Iterator<String> names = target.propertyNames().iterator();
		if (!target.isObject() || target.size() != 1) {
			throw new IllegalArgumentException("target: must be an object with one member, such as userId");
		}
		String name = names.next();
		if (!target.path(name).isString()) {
			throw new IllegalArgumentException("target: its member must be a text");
		}
		return target(name, target.path(name).asString());
	}

	/** Reads a target, and names the part that is wrong. */
	static Target target(String name, String value) {
		Target.Kind kind = kind(name);
		try {
			return new Target(kind, value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("target: " + kind.label() + " " + ex.getMessage(), ex);
		}
	}

	static Target.Kind kind(String name) {
		try {
			return Target.Kind.of(name);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("target: its member " + ex.getMessage(), ex);
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

	/**
	 * Reads the key that makes a repetition the same call, if there is one.
	 * @throws Refused if it is no key
	 */
	static @Nullable Once once(HttpServletRequest request, DenialWish wish) {
		String key = request.getHeader(KEY);
		if (key == null) {
			return null;
		}
		try {
			return new Once(key, hash(wish));
		}
		catch (IllegalArgumentException ex) {
			throw AdminUsers.invalid(KEY + ": " + ex.getMessage() + ".");
		}
	}

	/** No part can hold a line break. */
	private static String hash(DenialWish wish) {
		String text = String.join("\n", wish.target().kind().label(), wish.target().value(), wish.reason(),
				String.valueOf(wish.until()));
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is part of every JDK", ex);
		}
	}

}
