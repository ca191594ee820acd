package dev.ablyauth.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What just fits, and what is one too many.
 */
class LimitsTests {

	private static final String GRANT = "grant: [{channel: a, operations: publish}]";

	@Test
	void grantWhenMoreThanAThousandResourcesThenTooLong() {
		String yaml = "rules: [{name: r, grant: [{channel: a, operations: publish},"
				+ " {for-each: claims.p, as: p, max: 1000, channel: 'b:{p}', operations: publish}]}]";
		assertThat(grant(yaml, numbered("", 999), Wish.NONE).capability().entries()).hasSize(1000);
		assertRefused(Reason.TOKEN_TOO_LONG, () -> grant(yaml, numbered("", 1000), Wish.NONE));
	}

	@Test
	void grantWhenMoreThan25000PairsThenRefused() {
		String yaml = "rules: [{name: r, grant: [{channel: [" + String.join(", ", numbered("c", 250))
				+ "], operations: publish}]}]";
		assertThat(grant(yaml, List.of(), wish(100)).capability().entries()).hasSize(100);
		assertRefused(Reason.INVALID_PARAMETER, () -> grant(yaml, List.of(), wish(101)));
	}

	@ParameterizedTest
	@CsvSource({ "1,true", "100,true", "101,false" })
	void readWhenANameIsLongThenRefused(int length, boolean good) {
		assertRead("rules: [{name: " + "n".repeat(length) + ", " + GRANT + "}]", good, "a name has 1 to 100");
	}

	@ParameterizedTest
	@CsvSource({ "1,true", "500,true", "501,false" })
	void readWhenTheWordsOfADenyAreLongThenRefused(int length, boolean good) {
		assertRead("rules: [{name: r, when: user.guest, deny: " + "n".repeat(length) + "}]", good,
				"1 to 500 characters");
	}

	@Test
	void readWhenWordsAreBlankThenRefused() {
		assertRead("rules: [{name: ' ', " + GRANT + "}]", false, "a name has 1 to 100");
		assertRead("rules: [{name: r, when: user.guest, deny: ' '}]", false, "\"deny\" needs words");
	}

	@ParameterizedTest
	@CsvSource({ "2048,true", "2049,false" })
	void readWhenAConditionIsLongThenRefused(int length, boolean good) {
		assertRead("rules: [{name: r, when: 'user.guest" + " ".repeat(length - 10) + "', " + GRANT + "}]", good,
				"\"user.guest  ");
	}

	@ParameterizedTest
	@CsvSource({ "1024,true", "1025,false" })
	void readWhenAClaimIsLongThenRefused(int bytes, boolean good) {
		assertRead("rules: [{name: r, " + GRANT + ", user-claims: {a: '" + "x".repeat(bytes) + "'}}]", good, "\"xxx");
	}

	@Test
	void grantWhenAClaimBecomesTooLongThenNotSafe() {
		String yaml = "rules: [{name: r, " + GRANT + ", user-claims: {a: '" + "{user.id}".repeat(8) + "%s'}}]";
		assertThat(grant(yaml.formatted(""), List.of(), Wish.NONE).features().channelClaims().values())
			.containsExactly("u".repeat(1024));
		assertRefused(Reason.CLAIM_NOT_SAFE, () -> grant(yaml.formatted("x"), List.of(), Wish.NONE));
	}

	@ParameterizedTest
	@CsvSource({ "1000,true", "1001,false", "0,false" })
	void readWhenMaxIsMoreThanAThousandThenRefused(int max, boolean good) {
		assertRead("rules: [{name: r, grant: [{for-each: claims.p, as: p, max: " + max
				+ ", channel: 'b:{p}', operations: publish}]}]", good, "\"max\" must be");
	}

	/** All of ASCII: what has no meaning in a resource, and nothing else. */
	@Test
	void isSafeThenLettersDigitsAndSomePunctuation() {
		String safe = IntStream.range(0, 256)
			.mapToObj(Character::toString)
			.filter(SafeText::isSafe)
			.collect(Collectors.joining());
		assertThat(safe).isEqualTo("+-.0123456789=@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz|~");
		assertThat(SafeText.isSafe("")).isFalse();
		assertThat(SafeText.isSafe("x".repeat(128))).isTrue();
		assertThat(SafeText.isSafe("x".repeat(129))).isFalse();
	}

	/** SnakeYAML would read three times as much, and deeper. */
	@Test
	void readWhenHugeOrDeepThenByOurOwnLimit() {
		assertRead("rules: " + "x".repeat(1024 * 1024), false, "at most 1048576 are allowed");
		assertRead("rules: " + "[".repeat(30) + "]".repeat(30), false, "more than 20 mappings");
	}

	@Test
	void readWhenAMessageWouldBeLongThenCut() {
		assertRead("rules: [{name: r, grant: [{channel: a, operations: " + "x".repeat(600) + "}]}]", false,
				"\"" + "x".repeat(77) + "...\" is no operation");
	}

	@Test
	void compareThenByLineThenByColumn() {
		PolicyProblem first = new PolicyProblem(1, 9, "x");
		PolicyProblem second = new PolicyProblem(2, 3, "x");
		PolicyProblem third = new PolicyProblem(2, 4, "x");
		assertThat(List.of(third, second, first).stream().sorted()).containsExactly(first, second, third);
		assertThat(second.compareTo(new PolicyProblem(2, 3, "y"))).isZero();
	}

	private static List<String> numbered(String prefix, int count) {
		return IntStream.range(0, count).mapToObj((i) -> prefix + i).toList();
	}

	private static Wish wish(int channels) {
		return new Wish(null, null,
				new CapabilityJson(Operations.standard()).read(numbered("c", channels).stream()
					.map((name) -> "\"" + name + "\":[\"publish\"]")
					.collect(Collectors.joining(",", "{", "}"))));
	}

	private static Grant grant(String yaml, List<String> elements, Wish wish) {
		return TestPolicies.read(yaml)
			.grant(TestUsers.user("u".repeat(128), Map.of("p", elements)), wish,
					new RequestFacts("127.0.0.1", "", Instant.EPOCH));
	}

	private static void assertRefused(Reason reason, Runnable call) {
		assertThatExceptionOfType(Refused.class).isThrownBy(call::run).extracting(Refused::reason).isEqualTo(reason);
	}

	private static void assertRead(String yaml, boolean good, String message) {
		List<PolicyProblem> problems = new ArrayList<>();
		try {
			TestPolicies.read(yaml);
		}
		catch (InvalidPolicyException ex) {
			problems.addAll(ex.problems());
		}
		if (good) {
			assertThat(problems).isEmpty();
		}
		else {
			assertThat(problems).extracting(PolicyProblem::message)
				.anySatisfy((problem) -> assertThat(problem).contains(message));
		}
	}

}
