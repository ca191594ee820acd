package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is written wrong in a policy file, one thing at a time.
 */
class SyntaxTests {

	private static final String GRANT = "grant: [{channel: a, operations: publish}]";

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~', value = {
			"rules: [{name: r, " + GRANT + ", tll: 5m}]; unknown key \"tll\"",
			"rules: [{name: r, " + GRANT + "}] %tests: [{name: t, user: {id: a}, refused: false, cant: {}}]; \"cant\"",
			"rules: [{name: r, " + GRANT
					+ "}] %tests: [{name: t, user: {id: a}, request: {adress: x}, refused: false}]; \"adress\"",
			"rules: [{name: r, " + GRANT + "}] %tests: [{user: {id: a}, refused: false}]; needs a \"name\"",
			"rules: [{name: r, " + GRANT + "}] %tests: [{name: t, refused: false}]; needs a \"user\"",
			"rules: {a: b}; found a mapping",
			"rules: [{name: r, " + GRANT + "}] %? [a] %: b; a key must be a word, found a list",
			"rules: [{name: r, " + GRANT + ", ttl: ~}]; found nothing",
			"rules: [{name: r, when: 'user.id == \"a\" && foo', " + GRANT + "}]; there is no foo",
			"rules: [{name: r, when: 'user.guest && foo', " + GRANT + "}]; line 1, column 40: \"user.guest && foo\"",
			"rules: [{name: r, format: xml, " + GRANT
					+ "}]; is no format, expected one of jwt, token-request, ably-token",
			"client-id: '{user.id|enc}' %rules: [{name: r, " + GRANT + "}]; has |enc",
			"rules: [{name: r, grant: [{for-each: claims., as: p, channel: 'a:{p}', operations: publish}]}];"
					+ " expected claims.NAME",
			"rules: [{name: r, grant: [{for-each: claims.p, as: p, channel: 'a:{user.id}', operations: publish}]}];"
					+ " must use {p}",
			"rules: [{name: r, grant: [{for-each: claims.p, as: p, channel: 'a:{q}', operations: publish}]}];"
					+ " {claims.NAME} or {p}, perhaps" })
	void readWhenOneThingIsWrongThenItIsNamed(String yaml, String message) {
		assertThat(problems(yaml.replace(" %", "\n"))).anySatisfy((problem) -> assertThat(problem).contains(message));
	}

	@Test
	void readWhenAConditionHasLinesThenTheErrorNamesTheWord() {
		assertThat(problems("rules: [{name: r, when: \"user.guest &&\\n  foo\", " + GRANT + "}]")).singleElement()
			.asString()
			.contains("there is no foo");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "a:{user.id}}; at most one", "a:{user.id}{; at most one", "a:{{user.id}; at most one",
					"a:[{claims.t}; next to *", "a:{claims.t}]; next to *", "a:}; without a {", "a:{; without a }",
					"a:}{; without a {" })
	void readWhenBracesAndBracketsDoNotFitThenRefused(String channel, String message) {
		assertThat(problems("rules: [{name: r, grant: [{channel: '" + channel + "', operations: publish}]}]"))
			.singleElement()
			.asString()
			.contains(message);
	}

	/** An anchor can make a small file a huge one: nothing of it is looked at. */
	@ParameterizedTest
	@ValueSource(strings = { "a: &x 1", "a: &x [1]", "rules: &r {a: 3}" })
	void readWhenThereIsAnAnchorThenThatIsTheOnlyError(String yaml) {
		assertThat(problems(yaml)).singleElement().asString().contains("anchors and aliases are not allowed");
	}

	@Test
	void claimsThenAsASessionWouldBringThem() {
		String yaml = "rules: [{name: r, " + GRANT + "}]\n"
				+ "tests: [{name: t, refused: false, user: {id: ann, claims: {none: ~, yes: true, no: false, int: -3,"
				+ " big: 123456789012345678, float: -1.5, text: '3', list: [1, ~, x], map: {a: {b: c}}}}}]";
		Map<String, Object> claims = parse(yaml).tests().get(0).user().claims();
		assertThat(claims).containsOnlyKeys("yes", "no", "int", "big", "float", "text", "list", "map")
			.containsEntry("yes", true)
			.containsEntry("no", false)
			.containsEntry("int", -3L)
			.containsEntry("big", 123456789012345678L)
			.containsEntry("float", -1.5)
			.containsEntry("text", "3")
			.containsEntry("map", Map.of("a", Map.of("b", "c")));
		assertThat((List<?>) claims.get("list")).hasToString("[1, null, x]");
	}

	@Test
	void testWhenNothingIsSaidOfUserAndRequestThenOrdinaryOnes() {
		PolicyTest test = parse(
				"rules: [{name: r, " + GRANT + "}]\ntests: [{name: t, user: {id: ann}, refused: false}]")
			.tests()
			.get(0);
		assertThat(test.request()).isEqualTo(new RequestFacts("", "", PolicyTest.NOW));
		assertThat(test.user().source()).hasToString("jwt:");
		assertThat(test.user().roles()).isEmpty();
		assertThat(test.user().claims()).isEmpty();
	}

	@Test
	void testUserThenOfTheFirstTestWithThisId() {
		Policy policy = TestPolicies.read("rules: [{name: r, " + GRANT
				+ "}]\ntests: [{name: t, user: {id: ann, roles: [x]},"
				+ " refused: false}, {name: u, user: {id: bob}, refused: false}, {name: v, user: {id: ann}, refused: false}]");
		assertThat(policy.testUser("ann").orElseThrow().roles()).containsExactly("x");
		assertThat(policy.testUser("bob")).isPresent();
		assertThat(policy.testUser("eve")).isEmpty();
	}

	@Test
	void capabilityWhenManyResourcesThenAtMostAThousand() {
		CapabilityJson json = new CapabilityJson(Operations.standard());
		assertThat(json.read(resources(1000)).entries()).hasSize(1000);
		assertThatIllegalArgumentException().isThrownBy(() -> json.read(resources(1001)))
			.withMessageContaining("1 to 1000 resources");
		assertThatIllegalArgumentException().isThrownBy(() -> json.read("{\"a\":[1]}"))
			.withMessageContaining("a list of operations");
	}

	private static String resources(int count) {
		StringBuilder json = new StringBuilder("{\"a0\":[\"*\"]");
		for (int i = 1; i < count; i++) {
			json.append(",\"a").append(i).append("\":[\"*\"]");
		}
		return json.append('}').toString();
	}

	private static PolicyText parse(String yaml) {
		return new PolicyReader(Operations.standard()).parse(yaml);
	}

	private static List<String> problems(String yaml) {
		List<String> problems = new ArrayList<>();
		assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(() -> TestPolicies.read(yaml))
			.satisfies((ex) -> ex.problems().forEach((problem) -> problems.add(problem.toString())));
		return problems;
	}

}
