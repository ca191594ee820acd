package dev.ablyauth.policy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Policy files with one error of structure each, made of one that is right.
 */
final class WrongPolicies {

	static final String RIGHT = """
			client-id: "{user.id}"
			ttl: 1h
			rules:
			  - name: one
			    when: "true"
			    format: jwt
			    publish-limits: {"a:*": 5}
			    grant:
			      - channel: "a:b"
			        operations: [publish, subscribe]
			      - chat: "team:red"
			        features: [send]
			      - for-each: claims.list
			        as: item
			        max: 10
			        space: "s:{item}"
			  - name: two
			    when: "false"
			    deny: "no"
			tests:
			  - name: t
			    user: {id: ann}
			    can: {"a:b": [publish]}
			""";

	private static final List<Map.Entry<String, String>> ERRORS = List.of(Map.entry("rules:", "rulez:"),
			Map.entry("ttl: 1h", "ttl: 1 hour"), Map.entry("ttl: 1h", "ttl: 3600"),
			Map.entry("\"{user.id}\"", "everybody"), Map.entry("\"{user.id}\"", "\"{user.id|enc}\""),
			Map.entry("name: one", "title: one"), Map.entry("name: one", "name: \"\""),
			Map.entry("when: \"true\"", "when: true"), Map.entry("when: \"true\"", "deny: \"no\""),
			Map.entry("when: \"false\"", "ttl: 5m"), Map.entry("when: \"false\"\n    deny", "deny"),
			Map.entry("format: jwt", "format: xml"), Map.entry("{\"a:*\": 5}", "{\"a:*\": 0}"),
			Map.entry("{\"a:*\": 5}", "5"), Map.entry("[publish, subscribe]", "[publish, subscribed]"),
			Map.entry("[publish, subscribe]", "[\"*\", publish]"), Map.entry("[publish, subscribe]", "[]"),
			Map.entry("operations: [publish, subscribe]", "features: [send]"),
			Map.entry("channel: \"a:b\"", "channel: \"[chat]b\""), Map.entry("channel: \"a:b\"", "channel: {a: b}"),
			Map.entry("features: [send]", "features: [sing]"), Map.entry("features: [send]", "operations: [publish]"),
			Map.entry("        features: [send]\n", ""), Map.entry("chat: \"team:red\"", "room: \"team:red\""),
			Map.entry("        as: item\n", ""), Map.entry("as: item", "as: user"), Map.entry("max: 10", "max: 1001"),
			Map.entry("max: 10", "max: ten"), Map.entry("for-each: claims.list", "for-each: user.roles"),
			Map.entry("space: \"s:{item}\"", "space: \"s:{item}\"\n        push: \"s:{item}\""),
			Map.entry("user: {id: ann}", "user: {roles: [a]}"), Map.entry("user: {id: ann}", "user: {id: 7}"),
			Map.entry("user: {id: ann}", "user: {id: ann, claims: [a]}"),
			Map.entry("user: {id: ann}", "user: {id: ann}\n    request: {now: today}"),
			Map.entry("    can: {\"a:b\": [publish]}\n", ""), Map.entry("can: {", "may: {"),
			Map.entry("can: {", "refused: true\n    can: {"), Map.entry("[publish]}", "[publich]}"),
			Map.entry("tests:", "envelope: []\ntests:"), Map.entry("tests:", "wildcard-client-id: true\ntests:"),
			Map.entry("    format: jwt", "    client-type: browser"),
			Map.entry("    format: jwt", "    wildcard-client-id: perhaps"),
			Map.entry("    format: jwt", "    user-claims: {\"a:*\": \"\"}"),
			Map.entry("    format: jwt", "    revocation-key: [a]"));

	private WrongPolicies() {
	}

	static Stream<String> all() {
		return ERRORS.stream().map((error) -> {
			int at = RIGHT.indexOf(error.getKey());
			if (at < 0) {
				throw new IllegalStateException(error.getKey() + " is not there");
			}
			return RIGHT.substring(0, at) + error.getValue() + RIGHT.substring(at + error.getKey().length());
		});
	}

}
