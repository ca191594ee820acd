package dev.ablyauth.session;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who is signed in to a Spring app.
 *
 * @param name as Spring Security's {@code Authentication.getName()} has it
 * @param authorities in their order
 * @param attributes of the principal, as claims
 */
record SpringPrincipal(String name, List<String> authorities, Map<String, Object> attributes) {

	/**
	 * Refuses what has no name: a damaged session can hold a user without one.
	 */
	SpringPrincipal {
		Objects.requireNonNull(name);
		authorities = List.copyOf(authorities);
	}

	/**
	 * Shows nothing of the person.
	 */
	@Override
	public String toString() {
		return "SpringPrincipal";
	}

}
