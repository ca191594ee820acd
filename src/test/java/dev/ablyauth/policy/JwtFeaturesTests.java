package dev.ablyauth.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

import dev.ablyauth.ably.JwtFeatures;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.ably.RevocationKey;
import dev.ablyauth.session.AppUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a rule says that only an Ably JWT can carry.
 */
class JwtFeaturesTests {

	private static final RequestFacts REQUEST = new RequestFacts("127.0.0.1", "", Instant.EPOCH);

	private static final AppUser ANN = TestUsers.user("ann", Map.of("team", "red", "odd", "a\"b"));

	private static final String GRANT = "grant: [{channel: a, operations: publish}]";

	@Test
	void grantWhenRuleSaysAllThenAllIsSaid() {
		JwtFeatures features = grant("""
				rules:
				  - name: r
				    %s
				    user-claims: {"team:{claims.team}:*": '{"role":"member","id":"{user.id}"}'}
				    room-claims: {"*": member}
				    publish-limits: {"team:{claims.team}:*": 5, "slow": 0.1}
				    revocation-key: "team-{claims.team}"
				    client-type: server
				""".formatted(GRANT));
		assertThat(features.channelClaims())
			.isEqualTo(Map.of(Resource.parse("team:red:*"), "{\"role\":\"member\",\"id\":\"ann\"}"));
		assertThat(features.roomClaims()).isEqualTo(Map.of(Resource.parse("*"), "member"));
		assertThat(features.publishLimits()).isEqualTo(Map.of(Resource.parse("team:red:*"), new BigDecimal("5"),
				Resource.parse("slow"), new BigDecimal("0.1")));
		assertThat(features.revocationKey()).isEqualTo(new RevocationKey("team-red"));
		assertThat(features.server()).isTrue();
		assertThat(features.names()).containsExactly("user-claims", "room-claims", "publish-limits", "revocation-key",
				"client-type");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "revocation-key: \"team-{claims.none}\"", "user-claims: {\"x\": \"{claims.none}\"}",
					"user-claims: {\"x:{claims.none}\": y}", "publish-limits: {\"x:{claims.odd}\": 1}",
					"room-claims: {\"x\": \"{claims.odd}\"}", "revocation-key: \"{claims.odd}\"" })
	void grantWhenAValueIsMissingOrUnsafeThenTheRuleDoesNotApply(String line) {
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> grant("rules: [{name: r, " + GRANT + ", " + line + "}]"))
			.extracting(Refused::reason)
			.isIn(Reason.NOTHING_GRANTED, Reason.CLAIM_NOT_SAFE);
	}

	@Test
	void grantWhenTwoRulesLimitThenTheLowerCounts() {
		assertThat(two("publish-limits: {a: 5, b: 1}", "publish-limits: {a: 0.5}").publishLimits())
			.isEqualTo(Map.of(Resource.parse("a"), new BigDecimal("0.5"), Resource.parse("b"), new BigDecimal("1")));
	}

	@Test
	void grantWhenTwoRulesSayTheSameThenItIsSaid() {
		assertThat(two("revocation-key: k", "revocation-key: k").revocationKey()).isEqualTo(new RevocationKey("k"));
		assertThat(two("user-claims: {a: x}", "user-claims: {a: x, b: y}").channelClaims()).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "revocation-key: k; revocation-key: l; revocation-key",
					"user-claims: {a: x}; user-claims: {a: y}; user-claims",
					"room-claims: {a: x}; room-claims: {a: y}; room-claims" })
	void grantWhenTwoRulesContradictThenRefusedWithBothNames(String left, String right, String what) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> two(left, right))
			.withMessageContaining("\"one\"")
			.withMessageContaining("\"two\"")
			.withMessageContaining(what)
			.extracting(Refused::reason)
			.isEqualTo(Reason.RULE_CONFLICT);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "user-claims: {\"a:*:b\": x}; cannot carry", "user-claims: {\"[meta]a\": x}; cannot carry",
					"user-claims: {\"{claims.t}*\": x}; next to *", "user-claims: {a: ''}; 1 to 1024",
					"publish-limits: {a: 0}; more than 0", "publish-limits: {a: -1}; more than 0",
					"publish-limits: {a: fast}; more than 0", "publish-limits: {a: 1e9}; more than 0",
					"revocation-key: ''; 1 to 256", "revocation-key: \"{claims.a}{claims.b}\"; at most one",
					"client-type: browser; expected server",
					"user-claims: {a: \"{user.name}\"}; placeholder {user.name}" })
	void readWhenItCannotBeSaidThenRefused(String line, String message) {
		assertThatExceptionOfType(InvalidPolicyException.class)
			.isThrownBy(() -> TestPolicies.read("rules: [{name: r, " + GRANT + ", " + line + "}]"))
			.withMessageContaining(message);
	}

	private static JwtFeatures two(String left, String right) {
		return grant("rules: [{name: one, " + GRANT + ", " + left + "}, {name: two, " + GRANT + ", " + right + "}]");
	}

	private static JwtFeatures grant(String yaml) {
		return TestPolicies.read(yaml).grant(ANN, Wish.NONE, REQUEST).features();
	}

}
