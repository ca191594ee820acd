package dev.ablyauth.policy;

import java.util.List;

import dev.ablyauth.ably.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PolicyReaderTests {

	@Test
	void readWhenManyErrorsThenAllAtOnceWithTheirPlaces() {
		assertThat(problems("""
				client-id: everybody
				ttl: 25h
				rulez: []
				rules:
				  - name: a
				    when: 'user.role == "x"'
				    grant:
				      - channel: "{claims.team}:x"
				        operations: [publish, subscribed]
				      - chat: "team:{claims.a}{claims.b}"
				  - grant:
				      - channel: "a:{team}"
				        operations: "*"
				  - name: a
				    deny: "no"
				    ttl: 5m
				""")).extracting(PolicyProblem::toString)
			.containsExactly(
					"line 1, column 12: \"everybody\" must have a placeholder: everybody would be the same client",
					"line 2, column 6: \"ttl\" must be at most 24h, the longest life of a token at Ably, found \"25h\"",
					"line 3, column 1: unknown key \"rulez\", expected one of reserved-client-ids, client-id, ttl, envelope,"
							+ " rules, tests; did you mean \"rules\"?",
					"line 6, column 12: 'user.role == \"x\"' is no condition: there is no user.role, expected one of"
							+ " user.id, user.roles, user.guest, user.source, user.issuer, request.address, request.origin,"
							+ " request.now, request.session, claims.NAME; did you mean \"user.roles\"?",
					"line 8, column 18: \"{claims.team}:x\" begins with a placeholder; put fixed text first,"
							+ " or say allow-leading-placeholder: true in the rule",
					"line 9, column 31: \"subscribed\" is no operation, expected one of annotation-publish,"
							+ " annotation-subscribe, channel-metadata, history, message-delete-any, message-delete-own,"
							+ " message-update-any, message-update-own, object-publish, object-subscribe, presence,"
							+ " privileged-headers, publish, push-admin, push-subscribe, stats, subscribe;"
							+ " did you mean \"subscribe\"?",
					"line 10, column 9: a grant of chat needs \"features\", one or more of delete-any, delete-own, history,"
							+ " message-reactions, occupancy, presence, reactions, receive, room-reactions, send, typing,"
							+ " update-any, update-own",
					"line 10, column 15: \"team:{claims.a}{claims.b}\" may have at most one placeholder between two colons",
					"line 11, column 5: a rule needs a \"name\"",
					"line 12, column 18: \"a:{team}\" has the placeholder {team}, expected {user.id}, {claims.NAME},"
							+ " perhaps with |enc or |pseudonym at the end; did you mean \"claims.team\"?",
					"line 14, column 11: two rules are called \"a\"",
					"line 15, column 11: a rule with \"deny\" needs a \"when\", else it refuses everybody",
					"line 16, column 5: \"ttl\" says nothing in a rule with \"deny\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "a:{claims.t}*;next to *", "a:*{claims.t};next to *", "[{claims.t}]a;between [ and ]",
					"[meta]{claims.t};begins with a placeholder", "a:x{claims.t};separate", "a:{claims.t}x;separate",
					"a:{claims.t;has a { without a }", "a:claims.t};has a } without a {",
					"a:{claims.t|upper};expected one of enc, pseudonym", "a:{user.name};expected {user.id}",
					"a:{request.address};expected {user.id}", "a:{claims.};expected {user.id}",
					"a:{};expected {user.id}", "a:{{claims.t}};at most one", "[chat]a;expected one of [meta], [queue]",
					":a;begins with neither", "[?rewind=1]a;expected one of [meta], [queue]" })
	void readWhenTemplateCouldWidenThenRefused(String resource, String message) {
		String quoted = "\"" + resource + "\"";
		assertThat(problems("rules: [{name: r, grant: [{channel: " + quoted + ", operations: publish}]}]"))
			.singleElement()
			.asString()
			.contains(message)
			.contains("column 37");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a:{claims.t}:*", "a:user-{claims.t}", "[queue]a-{claims.t}",
			"a:{claims.https://app/team}:b", "[meta]x:{claims.t}", "a:{claims.org.team}_x", "a:{user.id|enc}" })
	void readWhenTemplateIsSafeThenAccepted(String resource) {
		assertThat(read("rules: [{name: r, grant: [{channel: \"" + resource + "\", operations: publish}]}]").hash())
			.hasSize(16);
	}

	@Test
	void readWhenLeadingPlaceholderIsAllowedThenAccepted() {
		assertThat(read("rules: [{name: r, allow-leading-placeholder: true,"
				+ " grant: [{channel: \"{claims.team}:x\", operations: publish}]}]")
			.hash()).isNotEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "'';the file is empty", "[];must be a mapping, found a list",
			"{a;this is not YAML", "rules: 3;\"rules\" must be a list", "rules: [3];a rule must be a mapping",
			"ttl: 1h;\"rules\" is missing", "rules: [{name: r}];either \"grant\" or \"deny\"",
			"rules: [{name: r, grant: [], deny: x, when: 'true'}];either \"grant\" or \"deny\"",
			"rules: [{name: r, grant: []}];\"grant\" must not be empty",
			"rules: [{name: r, grant: [{channel: a}]}];needs \"operations\"",
			"rules: [{name: r, grant: [{channel: a, chat: b, operations: '*', features: send}]}];names its resource by one",
			"rules: [{name: r, grant: [{chat: a, operations: publish, features: send}]}];belongs to channel",
			"rules: [{name: r, grant: [{chat: a, features: sing}]}];is no feature of chat",
			"rules: [{name: r, grant: [{channel: a, operations: ['*', publish]}]}];must stand alone",
			"rules: [{name: r, when: '1 + 1', grant: [{channel: a, operations: '*'}]}];it gives int, expected true or false",
			"rules: [{name: r, when: [a, b], grant: [{channel: a, operations: '*'}]}];must be text, found a list",
			"rules: [{name: r, when: yes, grant: [{channel: a, operations: '*'}]}];must be text, found yes",
			"rules: [{name: r, name: s, grant: [{channel: a, operations: '*'}]}];\"name\" is there twice",
			"rules: [{name: r, ttl: 5, grant: [{channel: a, operations: '*'}]}];must be a time such as",
			"rules: [{name: r, ttl: 5x, grant: [{channel: a, operations: '*'}]}];must be a time such as",
			"rules: [{name: r, format: xml, grant: [{channel: a, operations: '*'}]}];is no format",
			"rules: [{name: r, wildcard-client-id: maybe, grant: [{channel: a, operations: '*'}]}];must be true or false",
			"rules: [{name: r, grant: &x [{channel: a, operations: '*'}]}];anchors and aliases",
			"{client-id: '*{user.id}', rules: []};must not contain *" })
	void readWhenWrongThenTheErrorSaysWhat(String yaml, String message) {
		assertThat(problems(yaml)).extracting(PolicyProblem::message)
			.anySatisfy((text) -> assertThat(text).contains(message));
	}

	@Test
	void readWhenOperationWasAddedThenAccepted() {
		Operations more = Operations.standard().with(List.of("message-append"));
		assertThat(new PolicyReader(more).parse("rules: [{name: r, grant: [{channel: a, operations: message-append}]}]")
			.hash()).isNotEmpty();
	}

	@Test
	void hashThenIsThatOfTheText() {
		String yaml = "rules: [{name: r, grant: [{channel: a, operations: publish}]}]\n";
		assertThat(read(yaml).hash()).isEqualTo(read(yaml).hash()).isNotEqualTo(read(yaml + "\n").hash());
	}

	private static Policy read(String yaml) {
		return TestPolicies.read(yaml);
	}

	private static List<PolicyProblem> problems(String yaml) {
		List<PolicyProblem> problems = new java.util.ArrayList<>();
		assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(() -> read(yaml))
			.satisfies((ex) -> problems.addAll(ex.problems()));
		return problems;
	}

}
