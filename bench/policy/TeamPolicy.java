package dev.ablyauth.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.ablyauth.session.AppUser;

/**
 * A policy file as a team writes it, made longer by rules for more tenants, roles, plans
 * and groups, and people of whom each meets the three common grants and two of the
 * others.
 *
 * @param rules how many, ten or more
 */
record TeamPolicy(int rules) {

	/** How many rules grant something to each person. */
	static final int MATCHING = 5;

	private static final String COMMON = """
			client-id: "{user.id}"
			ttl: 1h
			envelope:
			  - "team:{claims.team}:*"
			  - "board:{claims.team}"
			  - "board:{claims.team}:*"
			  - "desk:*"
			  - "assistant:{claims.team}:*"
			  - "project:*"
			  - "notify:{user.id}"
			rules:
			  - name: everybody hears the own notifications
			    grant:
			      - channel: "notify:{user.id}"
			        operations: [subscribe, history]
			  - name: members talk in their own team
			    when: '"member" in user.roles'
			    grant:
			      - chat: "team:{claims.team}:*"
			        features: [send, receive, history, presence, typing, reactions, occupancy]
			      - space: "board:{claims.team}"
			    user-claims: { "team:{claims.team}:*": "member" }
			    publish-limits: { "team:{claims.team}:*": 5 }
			    revocation-key: "team-{claims.team}"
			  - name: people work in their projects
			    when: has(claims.projects)
			    grant:
			      - for-each: claims.projects
			        as: project
			        channel: "project:{project}:*"
			        operations: [publish, subscribe]
			  - name: suspended people get nothing
			    when: 'has(claims.suspended) && claims.suspended'
			    deny: "Your account is suspended."
			  - name: locked people get nothing
			    when: '"locked" in user.roles'
			    deny: "Your account is locked."
			""";

	private static final int COMMON_RULES = 5;

	/** The others, in turn; # is a number. The last one is a denial. */
	private static final List<String> OTHERS = List.of("""
			  - name: tenant # has rooms of its own
			    when: 'claims.tenant == "tenant-#"'
			    grant:
			      - chat: "team:{claims.team}:tenant-#:*"
			        features: [send, receive, history, typing]
			""", """
			  - name: role # works at its desks
			    when: '"role-#" in user.roles'
			    grant:
			      - live-objects: "desk:role-#:{claims.team}:*"
			        features: [read, write]
			      - channel: "desk:role-#:{user.id}"
			        operations: [publish, subscribe, presence]
			    ttl: 30m
			""", """
			  - name: plan # has an assistant
			    when: 'has(claims.plan) && claims.plan == "plan-#" && "member" in user.roles'
			    grant:
			      - ai-transport: "assistant:{claims.team}:plan-#:{user.id}"
			""", """
			  - name: seniors of group # read along
			    when: '"group-#" in claims.groups && claims.level >= 2'
			    grant:
			      - channel: "project:group-#:*"
			        operations: [subscribe, history]
			      - space: "board:{claims.team}:group-#"
			""", """
			  - name: person # has left
			    when: 'user.id == "auth0|left-#"'
			    deny: "You have left."
			""");

	/** Which two of the others a person meets. */
	private static final int[][] PAIRS = { { 0, 1 }, { 0, 2 }, { 0, 3 }, { 1, 2 }, { 1, 3 }, { 2, 3 } };

	String yaml() {
		StringBuilder yaml = new StringBuilder(COMMON);
		for (int i = 0; i < this.rules - COMMON_RULES; i++) {
			yaml.append(OTHERS.get(i % OTHERS.size()).replace("#", String.valueOf(i / OTHERS.size())));
		}
		return yaml.toString();
	}

	List<AppUser> users(int count) {
		return IntStream.range(0, count).mapToObj(this::user).toList();
	}

	private AppUser user(int number) {
		int[] pair = PAIRS[number % PAIRS.length];
		int kinds = (this.rules - COMMON_RULES) / OTHERS.size();
		int first = number % kinds;
		int second = (number * 7 + 3) % kinds;
		return user(number, text(0, pair, first, second), text(1, pair, first, second), text(2, pair, first, second),
				text(3, pair, first, second));
	}

	/** The number of a rule that the person meets, or a word that no rule asks for. */
	private static String text(int kind, int[] pair, int first, int second) {
		return (pair[0] == kind) ? String.valueOf(first) : (pair[1] == kind) ? String.valueOf(second) : "none";
	}

	/** Claims as the session makes them of the JSON of a JWT. */
	private static AppUser user(int number, String tenant, String role, String plan, String group) {
		String id = "auth0|" + Integer.toHexString(0x5f3a0000 + number * 7919);
		List<String> roles = List.of("member", "role-" + role);
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("iss", "https://login.example.com/");
		claims.put("sub", id);
		claims.put("exp", 1_800_000_000L);
		claims.put("name", "Person " + number);
		claims.put("email_verified", true);
		claims.put("roles", list(roles));
		claims.put("team", "red-" + number % 40);
		claims.put("tenant", "tenant-" + tenant);
		claims.put("plan", "plan-" + plan);
		claims.put("level", 2L);
		claims.put("groups", list(List.of("staff", "group-" + group)));
		claims.put("projects", list(List.of("p-" + number, "p-" + (number + 1), "apollo")));
		claims.put("suspended", false);
		return new AppUser(id, roles, Collections.unmodifiableMap(claims),
				new AppUser.Source("jwt", "https://login.example.com/"), Instant.ofEpochSecond(1_800_000_000L));
	}

	private static List<String> list(List<String> items) {
		return Collections.unmodifiableList(new ArrayList<>(items));
	}

}
