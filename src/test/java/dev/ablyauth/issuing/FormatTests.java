package dev.ablyauth.issuing;

import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.AblyToken;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.policy.CanVerdict;
import dev.ablyauth.policy.Format;
import dev.ablyauth.policy.TestUsers;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.session.AppUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a grant is issued as, for each door and each wish of the rules.
 */
class FormatTests {

	private static final AblyToken OPAQUE = new AblyToken("opaque", TestIssuer.NOW.plusSeconds(60));

	private static final AppUser ANN = TestUsers.user("ann", Map.of());

	@ParameterizedTest
	@CsvSource(delimiter = ';', nullValues = "-",
			value = { "-; JWT; JWT", "-; TOKEN_REQUEST; TOKEN_REQUEST", "-; ABLY_TOKEN; ABLY_TOKEN", "-; ANY; JWT",
					"jwt; JWT; JWT", "jwt; TOKEN_REQUEST; TOKEN_REQUEST", "jwt; ANY; JWT", "token-request; JWT; -",
					"token-request; TOKEN_REQUEST; TOKEN_REQUEST", "token-request; ABLY_TOKEN; ABLY_TOKEN",
					"token-request; ANY; TOKEN_REQUEST", "ably-token; JWT; -", "ably-token; TOKEN_REQUEST; -",
					"ably-token; ABLY_TOKEN; ABLY_TOKEN", "ably-token; ANY; ABLY_TOKEN" })
	void issueThenTheFormatOfTheTableOrARefusalThatNamesTheRule(String ofRule, Asked asked, Format expected) {
		TestIssuer issuer = issuer((ofRule != null) ? ", format: " + ofRule : "");
		if (expected != null) {
			assertThat(issuer.issue(ANN, asked, Wish.NONE).format()).isEqualTo(expected);
		}
		else {
			assertConflict(issuer, asked, "The rule \"r\" wants the format " + ofRule);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "revocation-key: k; revocation-key", "publish-limits: {a: 1}; publish-limits",
					"user-claims: {a: x}; user-claims", "room-claims: {a: x}; room-claims",
					"client-type: server; client-type" })
	void issueWhenAJwtOnlyFeatureMeetsAnotherFormatThenTheConflictIsNamed(String feature, String name) {
		assertThat(issuer(", " + feature).issue(ANN, Asked.JWT, Wish.NONE).format()).isEqualTo(Format.JWT);
		assertConflict(issuer(", " + feature), Asked.TOKEN_REQUEST,
				"The rule \"r\" has " + name + ", which only a JWT can carry, and token-request was called for.");
		assertConflict(issuer(", " + feature + ", format: ably-token"), Asked.ANY,
				"The rule \"r\" has " + name + ", which only a JWT can carry, and the rule \"r\" wants ably-token.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "ably-token; false", "jwt; true" })
	void canWhenTheFormatLosesWhatOnlyAJwtCarriesThenNoAndWhy(String format, boolean allowed) {
		CanVerdict verdict = issuer(", revocation-key: k, format: " + format).build()
			.can(ANN, Operations.standard().read(List.of("publish")), Resource.parse("a"), TestIssuer.REQUEST);
		assertThat(verdict.allowed()).isEqualTo(allowed);
		assertThat(verdict.reason()).startsWith(allowed ? "Given by r."
				: "The policy gives it, and no token can be issued: The rule \"r\" has revocation-key");
	}

	@Test
	void issueWhenTheMostClosedFormatOfTwoRulesCounts() {
		TestIssuer issuer = new TestIssuer().redeem((request) -> OPAQUE)
			.policy("rules: [{name: one, format: token-request, grant: [{channel: a, operations: publish}]},"
					+ " {name: two, format: ably-token, grant: [{channel: b, operations: publish}]}]");
		assertThat(issuer.issue(ANN, Asked.ANY, Wish.NONE).credential()).isEqualTo(OPAQUE);
		assertConflict(issuer, Asked.TOKEN_REQUEST, "The rule \"two\" wants the format ably-token");
	}

	@Test
	void issueWhenAnAblyTokenThenItIsFetchedForTheSignedGrant() {
		TokenRequest[] seen = new TokenRequest[1];
		IssuedToken issued = issuer(", format: ably-token").redeem((request) -> {
			seen[0] = request;
			return OPAQUE;
		}).issue(ANN, Asked.ANY, Wish.NONE);
		assertThat(seen[0].clientId()).isEqualTo("ann");
		assertThat(seen[0].capability()).isEqualTo(issued.grant().capability().text());
		assertThat(issued.toString()).doesNotContain("opaque");
		assertThat(issued.expires()).isEqualTo(OPAQUE.expires());
	}

	@Test
	void issueWhenAblyIsAwayThenThatIsSaidAndNothingElseIsIssued() {
		TestIssuer issuer = issuer(", format: ably-token").redeem((request) -> {
			throw new Refused(Reason.UNAVAILABLE, "Ably cannot be reached.");
		});
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> issuer.issue(ANN, Asked.ANY, Wish.NONE))
			.extracting(Refused::reason)
			.isEqualTo(Reason.UNAVAILABLE);
	}

	@Test
	void issueWhenAJwtWithFeaturesIsTooLongThenNoTokenRequestInstead() {
		StringBuilder channels = new StringBuilder("'a:0'");
		for (int i = 1; i < 400; i++) {
			channels.append(", 'tenant-").append(i).append(":room'");
		}
		TestIssuer issuer = new TestIssuer().policy("rules: [{name: small, grant: [{channel: x, operations: publish}]},"
				+ " {name: big, revocation-key: k, grant: [{channel: [" + channels + "], operations: publish}]}]");
		assertConflict(issuer, Asked.ANY,
				"The rule \"big\" has revocation-key, which only a JWT can carry, and a JWT would have");
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> issuer.issue(ANN, Asked.JWT, Wish.NONE))
			.withMessageMatching(
					"The JWT would have 1[0-9]{4} bytes, at most 8192 are allowed; most of it is of the rule"
							+ " \"big\".*")
			.extracting(Refused::rule)
			.isEqualTo("big");
	}

	private static TestIssuer issuer(String more) {
		return new TestIssuer().redeem((request) -> OPAQUE)
			.policy("rules: [{name: r, grant: [{channel: a, operations: publish}]" + more + "}]");
	}

	private static void assertConflict(TestIssuer issuer, Asked asked, String message) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> issuer.issue(ANN, asked, Wish.NONE))
			.withMessageStartingWith(message)
			.extracting(Refused::reason)
			.isEqualTo(Reason.FORMAT_CONFLICT);
	}

}
