package dev.ablyauth.ops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.health.contributor.Health;

/**
 * What is not well with a part that does its work all the same, or does not any more: for
 * admins, each with the reason and what to do.
 */
final class Degraded {

	private final List<Map<String, String>> all = new ArrayList<>();

	/**
	 * Adds one.
	 * @param reason what is wrong and what happens meanwhile
	 * @param todo what an operator does
	 */
	Degraded add(String reason, String todo) {
		Map<String, String> one = new LinkedHashMap<>();
		one.put("reason", reason);
		one.put("todo", todo);
		this.all.add(one);
		return this;
	}

	/** Says it, where there is something to say. */
	Health in(Health.Builder health) {
		return (this.all.isEmpty() ? health : health.withDetail("degraded", this.all)).build();
	}

}
