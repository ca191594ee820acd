package dev.ablyauth.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.policy.InvalidPolicyException;
import dev.ablyauth.policy.Policy;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.policy.TestPolicies;
import dev.ablyauth.policy.TestUsers;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.session.AppUser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any text is a policy or has errors that can be told; a policy grants or refuses.
 */
class PolicyFileFuzzTests {

	/** Long messages are cut at a thousand characters. */
	private static final int LONGEST_MESSAGE = 1003;

	private static final int ALMOST_A_MEBIBYTE = 1024 * 1024 - 100;

	private static final Duration LONGEST_TIME = Duration.ofSeconds(5);

	/** Words of the grammars of YAML and CEL, which no author knows. */
	private static final List<String> FOREIGN_WORDS = List.of("<block", "<stream", "<scalar>", "<EOF>", "expecting {",
			"mismatched input", "Exception", "in container");

	private static final AppUser ANN = TestUsers.user("ann",
			Map.of("team", "red", "roles", List.of("member"), "projects", List.of("p1", "p2")));

	private static final RequestFacts REQUEST = new RequestFacts("192.0.2.1", "", Instant.EPOCH);

	static Stream<byte[]> seeds() {
		return Stream.of("bad-policies", "good-policies")
			.flatMap((folder) -> TestPolicies.files(folder).stream())
			.map(PolicyFileFuzzTests::bytes);
	}

	private static byte[] bytes(Path file) {
		try {
			return Files.readAllBytes(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** As large as a policy may be, and made of what costs most. */
	static Stream<String> large() {
		String rule = "rules: [{name: r, grant: [{channel: a, operations: publish}]";
		return Stream.of(repeat("", "a: x\n"), numbered("", "key%d: x\n"), repeat("", "["), repeat("", "{a: "),
				repeat("", "- "), repeat("a", "b") + ": x", repeat("'", "x\n"), repeat("\"", "\\x41"),
				repeat("", "&a "), repeat("", "? "), repeat("rules: [{name: r, when: '", "(") + "'}]",
				repeat("rules: [{name: r, when: '", "user.x || ") + "'}]",
				repeat("rules: [{name: r, grant: [{channel: '", "{") + "'}]}]",
				repeat("rules: [{name: r, grant: [{channel: '", "a:{claims.b}:") + "', operations: publish}]}]",
				repeat("rules: [{name: r, grant: [{operations: publish, channel: [", "'a:{claims.b}', ") + "]}]}]",
				numbered("rules: [{name: r, grant: [{operations: publish, channel: [", "'a:%d', ") + "]}]}]",
				numbered(rule + ", user-claims: {", "'a%d': b, ") + "}}]",
				numbered(rule + ", publish-limits: {", "'a%d': 0, ") + "}}]",
				numbered(rule + "}]\ntests: [{name: t, user: {id: a, claims: {", "a%d: yes, ") + "}}, refused: false}]",
				numbered(rule + "}]\ntests: [{name: t, user: {id: a}, cannot: {", "a%d: publish, ") + "}}]",
				numbered("rules:\n",
						"- {name: r%d, when: '\"r%1$d\" in user.roles', grant: [{channel: 'a:{user.id}:*', operations: '*'}]}\n"));
	}

	private static String repeat(String start, String part) {
		return start + part.repeat((ALMOST_A_MEBIBYTE - start.length()) / part.length());
	}

	private static String numbered(String start, String part) {
		StringBuilder text = new StringBuilder(start);
		for (int i = 0; text.length() < ALMOST_A_MEBIBYTE - 300 && (i < 2000 || !start.equals("rules:\n")); i++) {
			text.append(String.format(part, i));
		}
		return text.toString();
	}

	@ParameterizedTest
	@MethodSource("large")
	void loadWhenLargeThenAPolicyOrItsErrorsInTime(String text) {
		checkInTime(text);
	}

	@Tag("long")
	@MethodSource("seeds")
	@FuzzTest(maxDuration = "1m")
	void loadWhenAnyTextThenAPolicyOrItsErrors(byte[] text) {
		checkInTime(new String(text, StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void loadWhenSeedThenAPolicyOrItsErrors(byte[] text) {
		checkInTime(new String(text, StandardCharsets.UTF_8));
	}

	/** What is slow once may have been the loading of classes; slow twice is slow. */
	private static void checkInTime(String text) {
		long start = System.nanoTime();
		check(text);
		if (Duration.ofNanos(System.nanoTime() - start).compareTo(LONGEST_TIME) > 0) {
			long again = System.nanoTime();
			check(text);
			assertThat(Duration.ofNanos(System.nanoTime() - again)).isLessThan(LONGEST_TIME);
		}
	}

	private static void check(String text) {
		Policy policy;
		try {
			policy = TestPolicies.read(text);
		}
		catch (InvalidPolicyException ex) {
			checkErrors(text, ex);
			return;
		}
		try {
			assertThat(policy.grant(ANN, Wish.NONE, REQUEST).capability().entries()).isNotEmpty();
		}
		catch (Refused ex) {
			assertThat(ex.getMessage()).isNotBlank();
		}
		assertThat(TestPolicies.check(text).passed()).isTrue();
	}

	private static void checkErrors(String text, InvalidPolicyException errors) {
		long lines = text.lines().count() + 1;
		assertThat(errors.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(201).allSatisfy((problem) -> {
			assertThat((long) problem.line()).isBetween(1L, lines);
			assertThat(problem.column()).isBetween(1, text.length() + 1);
			assertThat(problem.message()).isNotBlank().hasSizeLessThanOrEqualTo(LONGEST_MESSAGE).doesNotContain("\n");
			assertThat(FOREIGN_WORDS).filteredOn(problem.message()::contains).allMatch(text::contains);
		});
	}

}
