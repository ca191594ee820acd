package dev.ablyauth.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.ablyauth.session.AppUser;

/**
 * Users for tests.
 */
public final class TestUsers {

	/** When the sessions of these users end. */
	public static final Instant SESSION_ENDS = Instant.parse("2026-01-02T00:00:00Z");

	private TestUsers() {
	}

	/**
	 * Makes a user.
	 * @param id who
	 * @param claims what the session says; {@code roles} are the roles too
	 * @return the user
	 */
	public static AppUser user(String id, Map<String, Object> claims) {
		List<String> roles = (claims.get("roles") instanceof List<?> names)
				? names.stream().map(String::valueOf).toList() : List.of();
		return new AppUser(id, roles, claims, new AppUser.Source("jwt", "https://login.example.com/"), SESSION_ENDS);
	}

	static AppUser guest(String id) {
		return new AppUser(id, List.of(), Map.of(), new AppUser.Source(AppUser.Source.GUEST, "guest"), SESSION_ENDS);
	}

}
