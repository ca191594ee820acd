package dev.ablyauth.issuing;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.auth0.jwt.JWT;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.policy.CanVerdict;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.policy.TestPolicies;
import dev.ablyauth.policy.TestUsers;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A new key signs for newcomers, and the old one for those who have it.
 */
class DrainTests {

	private static final AppUser ANN = TestUsers.user("ann", Map.of());

	private static final AppUser BOB = TestUsers.user("bob", Map.of());

	private static final Instant NOW = TestIssuer.NOW;

	private static final Instant UNTIL = NOW.plus(Duration.ofHours(2));

	@TempDir
	private Path folder;

	private TokenIssuer issuer = new TestIssuer().build();

	/** The keys b and a; a drains, and both are in files. */
	private LiveKeys keys(String first, String second) {
		Path current = TestLiveKeys.write(this.folder.resolve("current"), TestLiveKeys.key(first));
		Path previous = TestLiveKeys.write(this.folder.resolve("previous"), TestLiveKeys.key(second));
		LiveKeys keys = TestLiveKeys.of(TestLiveKeys.in(current), TestLiveKeys.in(previous, UNTIL));
		this.issuer = new TestIssuer().build(TestPolicies.live(TestIssuer.ALL_TALK), keys);
		return keys;
	}

	private void rotate(LiveKeys keys, String first, String second) {
		TestLiveKeys.replace(this.folder.resolve("previous"), TestLiveKeys.key(second));
		TestLiveKeys.replace(this.folder.resolve("current"), TestLiveKeys.key(first));
		TestLiveKeys.lookTwice(keys);
	}

	@Test
	void issueWhenRotatedThenHoldersGetTheOldKeyAndNewcomersTheNewOne() {
		LiveKeys keys = keys("ka", "ka");
		assertThat(kid(ANN, Wish.NONE, NOW)).isEqualTo("I2E_JQ.ka");
		rotate(keys, "kb", "ka");
		assertThat(kid(ANN, Wish.NONE, NOW)).isEqualTo("I2E_JQ.ka");
		assertThat(kid(BOB, Wish.NONE, NOW)).isEqualTo("I2E_JQ.kb");
		rotate(keys, "kb", "kb");
		assertThat(kid(ANN, Wish.NONE, NOW)).isEqualTo("I2E_JQ.kb");
	}

	@Test
	void issueWhenNobodyKnowsThenTheNewKey() {
		keys("kb", "ka");
		assertThat(kid(ANN, Wish.NONE, NOW)).isEqualTo("I2E_JQ.kb");
	}

	@Test
	void issueWhenTheClientNamesTheOldKeyThenIt() {
		keys("kb", "ka");
		assertThat(kid(ANN, hint("I2E_JQ.ka"), NOW)).isEqualTo("I2E_JQ.ka");
		assertThat(kid(ANN, Wish.NONE, NOW)).as("and it is remembered").isEqualTo("I2E_JQ.ka");
	}

	/** Another connection of the same client may have begun with the new key. */
	@Test
	void issueWhenTheClientNamesTheNewKeyThenItAndNotWhatIsRemembered() {
		keys("kb", "ka");
		kid(ANN, hint("I2E_JQ.ka"), NOW);
		assertThat(kid(ANN, hint("I2E_JQ.kb"), NOW)).isEqualTo("I2E_JQ.kb");
	}

	@ParameterizedTest
	@ValueSource(strings = { "I2E_JQ.kc", "other.key", "I2E_JQ.none" })
	void issueWhenTheClientNamesAKeyThatDoesNotDrainThenIgnored(String name) {
		LiveKeys keys = TestLiveKeys.of(value("kb", null), value("ka", UNTIL), value("kc", null),
				value("kd", NOW.minusSeconds(1)));
		this.issuer = new TestIssuer().build(TestPolicies.live(TestIssuer.ALL_TALK), keys);
		assertThat(kid(ANN, hint(name), NOW)).isEqualTo("I2E_JQ.kb");
		assertThat(kid(ANN, hint("I2E_JQ.kd"), NOW)).isEqualTo("I2E_JQ.kb");
	}

	private static KeyProperties value(String name, @Nullable Instant drainUntil) {
		return new KeyProperties(TestLiveKeys.key(name), null, null, false, drainUntil);
	}

	/** The shortest life of a token is 60 s, and 2 min are for a TokenRequest. */
	@ParameterizedTest
	@CsvSource({ "7200, ka", "181, ka", "180, kb", "179, kb", "0, kb", "-1, kb" })
	void issueWhenTheDrainComesToItsEndThenTheKeyIsOverWhileATokenWouldStillFit(int left, String key) {
		keys("kb", "ka");
		assertThat(kid(ANN, hint("I2E_JQ.ka"), UNTIL.minusSeconds(left))).isEqualTo("I2E_JQ." + key);
	}

	@Test
	void issueWhenTheDrainEndsSoonThenNoTokenOutlivesIt() {
		keys("kb", "ka");
		Instant late = UNTIL.minusSeconds(200);
		DecodedJWT jwt = jwt(ANN, hint("I2E_JQ.ka"), late);
		assertThat(jwt.getExpiresAtAsInstant()).isBeforeOrEqualTo(UNTIL).isAfter(UNTIL.minusSeconds(5));
		TokenRequest request = (TokenRequest) issue(ANN, Asked.TOKEN_REQUEST, hint("I2E_JQ.ka"), late).credential();
		assertThat(late.plusSeconds(120).plusMillis(request.ttl())).isBeforeOrEqualTo(UNTIL);
		assertThat(this.issuer.explain(ANN, Asked.JWT, hint("I2E_JQ.ka"), facts(late)).token())
			.satisfies((token) -> assertThat(token.lifetimeSetBy()).isEqualTo("draining key"));
	}

	@Test
	void issueWhenAblysClockIsAheadThenNoTokenOutlivesTheDrainByIt() {
		LiveKeys keys = TestLiveKeys.of(value("kb", null), value("ka", UNTIL));
		this.issuer = new TestIssuer().clockOffset(Duration.ofSeconds(50))
			.build(TestPolicies.live(TestIssuer.ALL_TALK), keys);
		assertThat(jwt(ANN, hint("I2E_JQ.ka"), UNTIL.minusSeconds(190)).getExpiresAtAsInstant())
			.isBeforeOrEqualTo(UNTIL);
	}

	@Test
	void issueWhileAKeyDrainsThenEverybodyGetsWhatBothKeysAllow() {
		LiveKeys keys = TestLiveKeys.of(
				new KeyProperties(TestLiveKeys.key("kb"), null, "{\"talk:a\":[\"*\"],\"talk:b\":[\"publish\"]}", false,
						null),
				new KeyProperties(TestLiveKeys.key("ka"), null, "{\"talk:*\":[\"subscribe\"],\"talk:b\":[\"*\"]}",
						false, UNTIL));
		this.issuer = new TestIssuer().build(TestPolicies.live(TestIssuer.ALL_TALK), keys);
		String both = "{\"talk:a\":[\"subscribe\"],\"talk:b\":[\"publish\"]}";
		assertThat(capability(ANN, hint("I2E_JQ.ka"), NOW)).isEqualTo(both);
		assertThat(capability(BOB, Wish.NONE, NOW)).isEqualTo(both);
		assertThat(issue(BOB, Asked.JWT, Wish.NONE, NOW).narrowed()).isTrue();
		assertThat(capability(BOB, Wish.NONE, UNTIL))
			.isEqualTo("{\"talk:a\":[\"publish\",\"subscribe\"],\"talk:b\":[\"publish\"]}");
		CanVerdict can = this.issuer.can(BOB,
				TestRequests.CAPABILITIES.read("{\"a\":[\"publish\"]}").entries().values().iterator().next(),
				Resource.parse("talk:a"), facts(NOW));
		assertThat(can.allowed()).isFalse();
		assertThat(can.reason()).contains("the API key does not allow it");
	}

	@Test
	void issueWhenTheKeysAllowNothingInCommonThenRefused() {
		LiveKeys keys = TestLiveKeys.of(
				new KeyProperties(TestLiveKeys.key("kb"), null, "{\"talk:a\":[\"*\"]}", false, null),
				new KeyProperties(TestLiveKeys.key("ka"), null, "{\"talk:b\":[\"*\"]}", false, UNTIL));
		this.issuer = new TestIssuer().build(TestPolicies.live(TestIssuer.ALL_TALK), keys);
		TestRequests.assertRefused(() -> issue(ANN, Asked.JWT, Wish.NONE, NOW), Reason.KEY_ALLOWS_NOTHING,
				"nothing in common");
	}

	@Test
	void issueWhenAblyTookEverythingFromTheOldKeyThenItSignsForNobody() {
		LiveKeys keys = TestLiveKeys.of(value("kb", null),
				new KeyProperties(TestLiveKeys.key("ka"), null, "{\"talk:a\":[\"*\"]}", false, UNTIL));
		keys.current().keys().get(1).keyCapability().narrow(TestRequests.capability("{\"x\":[\"*\"]}"));
		this.issuer = new TestIssuer().build(TestPolicies.live(TestIssuer.ALL_TALK), keys);
		assertThat(kid(ANN, hint("I2E_JQ.ka"), NOW)).isEqualTo("I2E_JQ.kb");
	}

	@Test
	void issueWhenTheWildcardThenNobodyIsRemembered() {
		LiveKeys keys = keys("ka", "ka");
		this.issuer = new TestIssuer().build(TestPolicies.live("""
				rules:
				  - name: all
				    wildcard-client-id: true
				    grant: [{channel: "talk:*", operations: [publish]}]
				"""), keys);
		Wish any = new Wish(ClientId.wildcard(), null, null);
		assertThat(kid(ANN, any, NOW)).isEqualTo("I2E_JQ.ka");
		rotate(keys, "kb", "ka");
		assertThat(kid(ANN, any, NOW)).isEqualTo("I2E_JQ.kb");
		assertThat(kid(ANN, new Wish(ClientId.wildcard(), null, null, new KeyName("I2E_JQ.ka")), NOW))
			.isEqualTo("I2E_JQ.ka");
	}

	@Test
	void issueThenTheKeyKnowsWhenItsLastTokenEnds() {
		LiveKeys keys = keys("ka", "ka");
		rotate(keys, "kb", "ka");
		assertThat(keys.states(NOW).get(0).tokensEnd()).isZero();
		Instant expires = issue(BOB, Asked.JWT, Wish.NONE, NOW).expires();
		assertThat(lastToken(keys)).isAfter(expires).isBefore(expires.plusSeconds(2));
		Instant redeemed = issue(BOB, Asked.TOKEN_REQUEST, Wish.NONE, NOW).expires().plus(Duration.ofMinutes(2));
		assertThat(lastToken(keys)).isAfter(redeemed).isBefore(redeemed.plusSeconds(2));
	}

	/** Without what the clocks may be apart. */
	private static Instant lastToken(LiveKeys keys) {
		return NOW.plus(keys.states(NOW).get(0).tokensEnd()).minus(LivingTokens.CLOCKS);
	}

	@Test
	void explainThenTheKeyOfTheClientAndNothingIsRemembered() {
		keys("kb", "ka");
		assertThat(this.issuer.explain(ANN, Asked.JWT, hint("I2E_JQ.ka"), facts(NOW)).token())
			.satisfies((token) -> assertThat(token.key()).isEqualTo("I2E_JQ.ka"));
		assertThat(kid(ANN, Wish.NONE, NOW)).isEqualTo("I2E_JQ.kb");
	}

	private static Wish hint(String keyName) {
		return new Wish(null, null, null, new KeyName(keyName));
	}

	private static RequestFacts facts(Instant now) {
		return new RequestFacts("127.0.0.1", "", now);
	}

	private IssuedToken issue(AppUser user, Asked asked, Wish wish, Instant now) {
		return this.issuer.issue(user, asked, wish, facts(now));
	}

	private DecodedJWT jwt(AppUser user, Wish wish, Instant now) {
		return JWT.decode(issue(user, Asked.JWT, wish, now).token());
	}

	private String kid(AppUser user, Wish wish, Instant now) {
		return jwt(user, wish, now).getKeyId();
	}

	private String capability(AppUser user, Wish wish, Instant now) {
		return jwt(user, wish, now).getClaim("x-ably-capability").asString();
	}

}
