package dev.ablyauth.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

import dev.ablyauth.revocation.Once;
import dev.ablyauth.revocation.Target;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads whom a call of an admin is about, and the key that makes a repetition the same
 * call.
 */
final class AdminTargets {

	private static final String KEY = "Idempotency-Key";

	private AdminTargets() {
	}

	/**
	 * Reads {@code {"userId":"ann"}}.
	 * @throws IllegalArgumentException if it is no target; the message names the part
	 */
	static Target target(JsonNode target) {
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

	/**
	 * Reads a list of targets.
	 * @throws IllegalArgumentException if it is none; the message names the place, from 0
	 */
	static List<Target> targets(JsonNode items) {
		List<Target> targets = new ArrayList<>();
		for (JsonNode item : list(items, "targets")) {
			try {
				targets.add(target(item));
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException("targets[" + targets.size() + "]: " + ex.getMessage(), ex);
			}
		}
		return targets;
	}

	/**
	 * Reads a list.
	 * @param name of the member, for the message
	 * @throws IllegalArgumentException if it is none; absent is an empty one
	 */
	static List<JsonNode> list(JsonNode items, String name) {
		if (!items.isMissingNode() && !items.isArray()) {
			throw new IllegalArgumentException(name + ": must be a list");
		}
		List<JsonNode> list = new ArrayList<>();
		items.forEach(list::add);
		return list;
	}

	/**
	 * Reads a member that is true or false; absent is false.
	 * @throws IllegalArgumentException if it is something else
	 */
	static boolean flag(JsonNode body, String name) {
		JsonNode flag = body.path(name);
		if (!flag.isMissingNode() && !flag.isBoolean()) {
			throw new IllegalArgumentException(name + ": must be true or false");
		}
		return flag.asBoolean(false);
	}

	/**
	 * Reads the key that makes a repetition the same call, if there is one.
	 * @param what was asked for; no part can hold a line break
	 * @throws dev.ablyauth.ably.Refused if it is no key
	 */
	static @Nullable Once once(HttpServletRequest request, List<String> what) {
		List<String> keys = Collections.list(request.getHeaders(KEY));
		if (keys.isEmpty()) {
			return null;
		}
		if (keys.size() > 1) {
			throw AdminUsers.invalid(KEY + ": must be there once.");
		}
		try {
			return new Once(keys.get(0), AdminCallers.sha256(String.join("\n", what)));
		}
		catch (IllegalArgumentException ex) {
			throw AdminUsers.invalid(KEY + ": " + ex.getMessage() + ".");
		}
	}

	/** A target in one line. */
	static String line(Target target) {
		return target.kind().label() + ":" + target.value();
	}

}
