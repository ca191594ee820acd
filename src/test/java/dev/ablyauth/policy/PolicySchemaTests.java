package dev.ablyauth.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.ablyauth.ably.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An editor that knows the JSON Schema and the server say the same about a policy file.
 */
class PolicySchemaTests {

	private static final Pattern EXPECTED = Pattern
		.compile("unknown key \"nonsense\", expected one of ([a-z, -]+?)(?:;|$)");

	private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

	private final PolicySchema schema = new PolicySchema();

	@Test
	void schemaThenIsOneAndDescribesEachKey() {
		assertThat(this.schema.marksOfSchema()).isEmpty();
		assertThat(this.schema.keysWithoutDescription()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "''; nonsense: 1", "rule; rules: [{nonsense: 1}]",
					"test; {rules: [{name: r}], tests: [{nonsense: 1}]}",
					"user; {rules: [{name: r}], tests: [{user: {nonsense: 1}}]}",
					"request; {rules: [{name: r}], tests: [{request: {nonsense: 1}}]}" })
	void keysThenTheSameAsTheReaderKnows(String definition, String yaml) {
		assertThat(this.schema.keys(definition)).isEqualTo(keysOfReader(yaml)).hasSizeGreaterThan(2);
	}

	@Test
	void keysOfAGrantThenTheSameAsTheReaderKnowsOfAllGrants() {
		Set<String> keys = Stream.concat(Stream.of("channel"), Arrays.stream(Product.values()).map(Product::key))
			.flatMap((key) -> keysOfReader("rules: [{grant: [{" + key + ": a, nonsense: 1}]}]").stream())
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(this.schema.keys("grant")).isEqualTo(keys).contains("operations", "features");
	}

	private static Set<String> keysOfReader(String yaml) {
		List<MatchResult> found = ExamplePolicies.check(yaml)
			.problems()
			.stream()
			.flatMap((problem) -> EXPECTED.matcher(problem.message()).results())
			.toList();
		assertThat(found).hasSize(1);
		return new TreeSet<>(List.of(found.get(0).group(1).split(", ")));
	}

	@Test
	void wordsThenTheSameAsTheServerKnows() {
		assertThat(this.schema.words("operation", "")).containsExactlyElementsOf(Operations.standard().names());
		assertThat(this.schema.words("rule", "format"))
			.containsExactlyElementsOf(Arrays.stream(Format.values()).map(Format::toString).toList());
	}

	@ParameterizedTest
	@EnumSource
	void featuresThenTheSameAsTheProductHas(Product product) {
		assertThat(this.schema.words(product.key() + "-feature", "")).containsExactlyElementsOf(product.featureNames());
		assertThat(this.schema.marks("rules: [{name: r, grant: [{" + product.key() + ": a}]}]").isEmpty())
			.isEqualTo(!product.defaultFeatures().isEmpty());
	}

	@ParameterizedTest
	@MethodSource
	void marksWhenThePolicyIsRightThenNone(String yaml) {
		assertThat(ExamplePolicies.check(yaml).problems()).isEmpty();
		assertThat(this.schema.marks(yaml)).isEmpty();
	}

	static Stream<String> marksWhenThePolicyIsRightThenNone() throws IOException {
		String page = Files.readString(Path.of("docs/policy.md"));
		return Stream
			.of(ExamplePolicies.NAMES.stream().map(ExamplePolicies::text),
					policies(page.substring(0, page.indexOf("## Errors"))),
					policies(Files.readString(Path.of("README.md"))),
					Stream.of(Files.readString(Path.of("src/main/resources/devmode/policy.yml"))))
			.flatMap((all) -> all);
	}

	private static Stream<String> policies(String page) {
		return YAML.matcher(page).results().map((match) -> match.group(1)).filter((yaml) -> yaml.contains("rules:"));
	}

	@Test
	void marksWhenAllThatTheReaderTakesIsSaidThenNone() {
		String yaml = """
				client-id: "p-{claims.https://app/id|pseudonym}"
				reserved-client-ids: nobody
				ttl: 1d
				envelope: "a:*"
				rules:
				  - name: r
				    when: "true"
				    allow-leading-placeholder: true
				    wildcard-client-id: false
				    format: jwt
				    ttl: 90s
				    user-claims: {"*": x}
				    room-claims: {"a:*": '{"x":1}'}
				    publish-limits: {"a:{claims.t}": 0.5}
				    revocation-key: "k-{claims.t}"
				    client-type: server
				    grant:
				      - {channel: ["[meta]x", "[queue]*", "[*]*", "{claims.t}:x"], operations: ["*"]}
				      - {for-each: claims.a.b, as: x_1, max: 1000, push: "a:{x_1}", features: [device, admin, publish]}
				tests:
				  - name: t
				    user: {id: a, roles: b, claims: {c: [1, x, {d: 1.5}]}, guest: false, source: jwt, issuer: e}
				    request: {address: 192.0.2.1, origin: "https://a.example", now: "2026-01-01T00:00:00Z"}
				    cannot: {"[queue]a": "*"}
				    refused: true
				""";
		assertThat(ExamplePolicies.check(yaml).problems()).isEmpty();
		assertThat(this.schema.marks(yaml)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("dev.ablyauth.policy.WrongPolicies#all")
	void marksWhenTheStructureIsWrongThenSomeAndTheServerRefusesItToo(String yaml) {
		assertThat(this.schema.marks(yaml)).isNotEmpty();
		assertThat(ExamplePolicies.check(yaml).problems()).isNotEmpty();
	}

	@Test
	void wrongPoliciesThenEachIsRightButForOneThing() {
		assertThat(this.schema.marks(WrongPolicies.RIGHT)).isEmpty();
		assertThat(ExamplePolicies.check(WrongPolicies.RIGHT).problems()).isEmpty();
		assertThat(WrongPolicies.all()).hasSizeGreaterThan(20)
			.doesNotHaveDuplicates()
			.doesNotContain(WrongPolicies.RIGHT);
	}

}
