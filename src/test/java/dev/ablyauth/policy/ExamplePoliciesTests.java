package dev.ablyauth.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.ablyauth.ably.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples can be used, are shown as they are, and their own tests notice when a rule
 * is dropped or loosened.
 */
class ExamplePoliciesTests {

	private static final List<String> NAMES = ExamplePolicies.NAMES;

	@ParameterizedTest
	@FieldSource("NAMES")
	void loadThenEachTestPassesAndNothingIsWarnedOfButOnPurpose(String name) {
		assertThat(ExamplePolicies.load(name).hash()).isNotEmpty();
		PolicyCheck check = ExamplePolicies.check(ExamplePolicies.text(name));
		assertThat(check.problems()).isEmpty();
		assertThat(check.tests()).hasSizeGreaterThan(4).allMatch(PolicyCheck.TestResult::passed);
		assertThat(check.warnings()).extracting(PolicyProblem::message)
			.isEqualTo(name.equals("live-dashboard") ? List.of("\"*\" is every channel of the app") : List.of());
	}

	@ParameterizedTest
	@FieldSource("NAMES")
	void pageThenShowsTheFileAsItIs(String name) throws IOException {
		String page = Files.readString(Path.of("docs/policy.md"));
		assertThat(page.contains("\n```yaml\n" + ExamplePolicies.text(name) + "```\n")).as(name).isTrue();
	}

	@Test
	void folderThenHasNoOtherFile() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("docs/examples"))) {
			assertThat(files.map((file) -> file.getFileName().toString()))
				.containsExactlyInAnyOrderElementsOf(NAMES.stream().map((name) -> name + ".yml").toList());
		}
	}

	@ParameterizedTest
	@MethodSource
	void testsWhenARuleIsDroppedOrLoosenedThenOneFails(String name, PolicyMutant mutant) {
		assertThat(new PolicyReader(Operations.standard()).parse(mutant.yaml()).tests()).isNotEmpty();
		assertThat(ExamplePolicies.check(mutant.yaml()).tests()).as("%s, %s", name, mutant)
			.anyMatch((test) -> !test.passed());
	}

	/** With the envelope and without it, so that it hides no test that is missing. */
	static Stream<Arguments> testsWhenARuleIsDroppedOrLoosenedThenOneFails() {
		return NAMES.stream().flatMap((name) -> {
			String yaml = ExamplePolicies.text(name);
			return Stream.of(yaml, PolicyMutations.withoutEnvelope(yaml))
				.distinct()
				.flatMap((text) -> PolicyMutations.of(text).stream())
				.map((mutant) -> Arguments.of(name, mutant));
		});
	}

	@ParameterizedTest
	@FieldSource("NAMES")
	void mutationsThenThereAreManyAndNoneIsTheFileItself(String name) {
		String yaml = ExamplePolicies.text(name);
		assertThat(PolicyMutations.of(yaml)).hasSizeGreaterThan(20)
			.extracting(PolicyMutant::yaml)
			.doesNotHaveDuplicates()
			.doesNotContain(yaml);
	}

}
