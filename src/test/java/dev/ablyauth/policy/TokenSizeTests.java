package dev.ablyauth.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.ablyauth.ably.AblyJwtClaims;
import dev.ablyauth.ably.AblyJwtSigner;
import dev.ablyauth.ably.ApiKey;
import dev.ablyauth.ably.Nonce;
import dev.ablyauth.ably.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a JWT will be, before there is one.
 */
class TokenSizeTests {

	private static final String GRANT = "rules: [{name: r, grant: [{channel: [%s], operations: [publish, subscribe]}]%s}]\n"
			+ "tests: [{name: t, user: {id: '%s'}, refused: false}]";

	@ParameterizedTest
	@ValueSource(strings = { "", ", revocation-key: k",
			", user-claims: {a: member, 'chat:*': admin, b: x, c: x, d: x, e: x}",
			", room-claims: {a: member, 'chat:*': admin, b: x, c: x, d: x, e: x}",
			", publish-limits: {a: 1, 'chat:*': 0.5, b: 1, c: 1, d: 1, e: 1}" })
	void warningsThenTheEstimateIsNeverTooShortAndNotMuchTooLong(String features) {
		assertEstimate(GRANT.formatted("a", features, "ann"));
		assertEstimate(GRANT.formatted(channels(200), features, "ann"));
		assertEstimate(GRANT.formatted("a", features, "x".repeat(256)));
		assertEstimate(GRANT.formatted("'" + "\\".repeat(200) + "'", features, "ann"));
	}

	/** A token that does not fit is refused when it is asked for, which is too late. */
	private static void assertEstimate(String yaml) {
		Policy policy = TestPolicies.read(yaml);
		PolicyTest test = policy.text().tests().get(0);
		Grant grant = policy.grant(test.user(), Wish.NONE, test.request());
		Instant now = Instant.parse("2026-01-01T00:00:00Z");
		int real = new AblyJwtSigner()
			.sign(ApiKey.parse(TestKeys.KEY),
					new AblyJwtClaims(now, now.plus(Duration.ofHours(1)), grant.capability(), grant.clientId(),
							new Nonce("A".repeat(22)), grant.features()))
			.bytes();
		int claims = grant.features().channelClaims().size() + grant.features().roomClaims().size()
				+ grant.features().publishLimits().size();
		assertThat(estimate(yaml)).isBetween(real, real + 100 + 65 * claims);
	}

	@Test
	void warningsWhenItJustFitsThenNone() {
		String yaml = GRANT.formatted(channels(50), "", "ann");
		int bytes = estimate(yaml);
		assertThat(warnings(yaml, bytes)).isEmpty();
		assertThat(warnings(yaml, bytes - 1)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "token-request", "ably-token" })
	void warningsWhenItIsNoJwtThenNone(String format) {
		String yaml = GRANT.formatted(channels(50), ", format: " + format, "ann");
		assertThat(warnings(yaml, 1)).isEmpty();
		assertThat(warnings(yaml.replace(format, "jwt"), 1)).hasSize(1);
	}

	@Test
	void warningsWhenTheUserIsRefusedThenNone() {
		assertThat(warnings("rules: [{name: r, when: user.guest, grant: [{channel: a, operations: publish}]}]\n"
				+ "tests: [{name: t, user: {id: ann}, refused: true}]", 1))
			.isEmpty();
	}

	private static String channels(int count) {
		StringBuilder channels = new StringBuilder("a");
		for (int i = 0; i < count; i++) {
			channels.append(", r").append(i);
		}
		return channels.toString();
	}

	private static int estimate(String yaml) {
		Matcher message = Pattern.compile(".*about ([0-9]+) bytes.*").matcher(warnings(yaml, 1).get(0).message());
		assertThat(message.matches()).isTrue();
		return Integer.parseInt(message.group(1));
	}

	private static List<PolicyProblem> warnings(String yaml, int maxBytes) {
		return TokenSize.warnings(TestPolicies.read(yaml).text(), maxBytes);
	}

}
