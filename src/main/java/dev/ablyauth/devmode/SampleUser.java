package dev.ablyauth.devmode;

import java.util.List;
import java.util.Map;

/**
 * A made-up user.
 *
 * @param id who
 * @param about what is special about this user
 * @param roles of the user in the app
 * @param claims what else the session says
 */
record SampleUser(String id, String about, List<String> roles, Map<String, Object> claims) {

	static final List<SampleUser> ALL = List.of(
			new SampleUser("ann", "a member of the team red", List.of("member"), Map.of("team", "red")),
			new SampleUser("bob", "a moderator of the team blue", List.of("member", "moderator"),
					Map.of("team", "blue")),
			new SampleUser("dora", "sees the dashboard, belongs to no team", List.of("viewer"), Map.of()),
			new SampleUser("eve", "is suspended", List.of("member"), Map.of("team", "red", "suspended", true)),
			new SampleUser("mal", "has a team called *", List.of("member"), Map.of("team", "*")));

}
