package dev.ablyauth.issuing;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import com.auth0.jwt.JWT;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.ably.AblyJwt;
import dev.ablyauth.policy.Format;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.policy.CapabilityJson;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.policy.TestUsers;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.session.AppUser;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TokenIssuerTests {

	private static final AppUser ANN = TestUsers.user("ann", Map.of());

	@Test
	void issueJwtThenSaysWhatThePolicyGives() {
		DecodedJWT jwt = jwt(new TestIssuer().issue(ANN, Asked.JWT, Wish.NONE));
		assertThat(jwt.getIssuedAtAsInstant()).isEqualTo("2026-01-01T11:59:58Z");
		assertThat(jwt.getExpiresAtAsInstant()).isEqualTo("2026-01-01T12:59:58Z");
		assertThat(jwt.getClaim("x-ably-capability").asString()).isEqualTo("{\"talk:*\":[\"publish\",\"subscribe\"]}");
		assertThat(jwt.getClaim("x-ably-clientId").asString()).isEqualTo("ann");
		assertThat(jwt.getId()).hasSize(22);
	}

	@Test
	void issueTokenRequestThenSaysTheSame() {
		TokenRequest request = request(new TestIssuer().issue(ANN, Asked.TOKEN_REQUEST, Wish.NONE));
		assertThat(request.ttl()).isEqualTo(3600_000);
		assertThat(request.timestamp()).isEqualTo(TestIssuer.NOW.toEpochMilli());
		assertThat(request.capability()).isEqualTo("{\"talk:*\":[\"publish\",\"subscribe\"]}");
		assertThat(request.clientId()).isEqualTo("ann");
		assertThat(request.nonce()).hasSize(22);
	}

	@Test
	void issueTokenRequestWhenTheClockIsFinerThanItsTimestampThenTheEndIsThatOfTheTokenRequest() {
		RequestFacts now = new RequestFacts("127.0.0.1", "", TestIssuer.NOW.plusNanos(123_456));
		IssuedToken issued = new TestIssuer().build().issue(ANN, Asked.TOKEN_REQUEST, Wish.NONE, now);
		TokenRequest request = request(issued);
		assertThat(issued.expires()).isEqualTo(Instant.ofEpochMilli(request.timestamp() + request.ttl()));
	}

	/** Ably takes one that is at most two minutes from its own time. */
	@Test
	void issueWhenTokenRequestAndAblysClockIsAheadThenAblysTime() {
		TokenRequest request = request(
				new TestIssuer().clockOffset(Duration.ofSeconds(50)).issue(ANN, Asked.TOKEN_REQUEST, Wish.NONE));
		assertThat(request.timestamp()).isEqualTo(TestIssuer.NOW.plusSeconds(50).toEpochMilli());
	}

	@Test
	void issueWhenSessionEndsEarlierThenTheTokenDoesToo() {
		AppUser short1 = endingIn(Duration.ofMinutes(10));
		assertThat(lifetime(new TestIssuer().issue(short1, Asked.JWT, Wish.NONE))).isEqualTo(Duration.ofMinutes(10));
		assertThat(jwt(new TestIssuer().issue(short1, Asked.JWT, Wish.NONE)).getExpiresAtAsInstant())
			.isBeforeOrEqualTo(short1.expires());
	}

	@Test
	void issueWhenSessionIsNearlyOverThenRefused() {
		assertThat(lifetime(new TestIssuer().issue(endingIn(Duration.ofSeconds(60)), Asked.JWT, Wish.NONE)))
			.isEqualTo(Duration.ofSeconds(60));
		assertRefused(() -> new TestIssuer().issue(endingIn(Duration.ofSeconds(59)), Asked.JWT, Wish.NONE),
				Reason.SESSION_ENDS_TOO_SOON);
	}

	@Test
	void issueWhenTtlIsWishedThenTheLeastCounts() {
		assertThat(lifetime(new TestIssuer().issue(ANN, Asked.JWT, wishTtl(Duration.ofMinutes(2)))))
			.isEqualTo(Duration.ofMinutes(2));
		assertThat(lifetime(new TestIssuer().issue(ANN, Asked.JWT, wishTtl(Duration.ofDays(2)))))
			.isEqualTo(Duration.ofHours(1));
		assertRefused(() -> new TestIssuer().issue(ANN, Asked.JWT, wishTtl(Duration.ofSeconds(59))),
				Reason.INVALID_PARAMETER);
	}

	@Test
	void issueWhenKeyIsRevocableThenAtMostOneHour() {
		String day = "ttl: 24h\n" + TestIssuer.ALL_TALK;
		AppUser ann = endingIn(Duration.ofDays(3));
		assertThat(lifetime(new TestIssuer().policy(day).issue(ann, Asked.JWT, Wish.NONE)))
			.isEqualTo(Duration.ofHours(24));
		assertThat(lifetime(new TestIssuer().policy(day).revocable().issue(ann, Asked.JWT, Wish.NONE)))
			.isEqualTo(Duration.ofHours(1));
	}

	@Test
	void issueWhenJitterThenSpreadDownwardsAndNeverUnderTheMinimum() {
		Set<Duration> seen = new HashSet<>();
		TestIssuer issuer = new TestIssuer().settings(TestIssuer.settings(0.1)).random(new SplittableRandom(1));
		for (int i = 0; i < 200; i++) {
			seen.add(lifetime(issuer.issue(ANN, Asked.JWT, Wish.NONE)));
		}
		assertThat(seen).hasSizeGreaterThan(50)
			.allSatisfy((life) -> assertThat(life).isBetween(Duration.ofMinutes(54), Duration.ofHours(1)));
		assertThat(lifetime(issuer.issue(ANN, Asked.JWT, wishTtl(Duration.ofSeconds(61)))))
			.isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
	}

	@Test
	void issueWhenKeyAllowsLessThenNarrowed() {
		IssuedToken issued = new TestIssuer().keyCapability(capability("{\"talk:a\":[\"*\"]}"))
			.issue(ANN, Asked.JWT, Wish.NONE);
		assertThat(jwt(issued).getClaim("x-ably-capability").asString())
			.isEqualTo("{\"talk:a\":[\"publish\",\"subscribe\"]}");
		assertThat(issued.narrowed()).isTrue();
	}

	@Test
	void issueWhenRuleWantsATokenRequestThenNoJwt() {
		TestIssuer issuer = new TestIssuer()
			.policy("rules: [{name: closed, format: token-request, grant: [{channel: a, operations: publish}]}]");
		assertThat(issuer.issue(ANN, Asked.ANY, Wish.NONE)).extracting(IssuedToken::format)
			.isEqualTo(Format.TOKEN_REQUEST);
		assertThat(issuer.issue(ANN, Asked.TOKEN_REQUEST, Wish.NONE)).extracting(IssuedToken::format)
			.isEqualTo(Format.TOKEN_REQUEST);
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> issuer.issue(ANN, Asked.JWT, Wish.NONE))
			.withMessageContaining("closed")
			.extracting(Refused::reason)
			.isEqualTo(Reason.FORMAT_CONFLICT);
	}

	@Test
	void issueWhenJwtIsTooLongThenATokenRequestOrARefusalThatSaysHowLong() {
		StringBuilder channels = new StringBuilder("a:0");
		for (int i = 1; i < 400; i++) {
			channels.append(", \"tenant-").append(i).append(":room\"");
		}
		TestIssuer issuer = new TestIssuer()
			.policy("rules: [{name: r, grant: [{channel: [" + channels + "], operations: publish}]}]");
		assertThat(issuer.issue(ANN, Asked.ANY, Wish.NONE)).extracting(IssuedToken::format)
			.isEqualTo(Format.TOKEN_REQUEST);
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> issuer.issue(ANN, Asked.JWT, Wish.NONE))
			.withMessageMatching(".*would have 1[0-9]{4} bytes.*8192.*")
			.extracting(Refused::reason)
			.isEqualTo(Reason.TOKEN_TOO_LONG);
	}

	@Test
	void issueWhenAnyAndItFitsThenAJwt() {
		assertThat(new TestIssuer().issue(ANN, Asked.ANY, Wish.NONE)).extracting(IssuedToken::format)
			.isEqualTo(Format.JWT);
	}

	@Test
	void issueTwiceWithTheSameTimeAndRandomnessThenTheSameBytes() {
		String first = jwt(new TestIssuer().random(new SplittableRandom(5)).issue(ANN, Asked.JWT, Wish.NONE))
			.getToken();
		String second = jwt(new TestIssuer().random(new SplittableRandom(5)).issue(ANN, Asked.JWT, Wish.NONE))
			.getToken();
		assertThat(first).isEqualTo(second);
	}

	@Test
	void nextThenNeverTheSameTwice() {
		RandomGenerator random = new SecureRandom();
		Nonces nonces = new Nonces(random);
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < 200_000; i++) {
			assertThat(seen.add(nonces.next().value())).isTrue();
		}
	}

	private static Wish wishTtl(Duration ttl) {
		return new Wish(null, ttl, null);
	}

	private static dev.ablyauth.ably.Capability capability(String json) {
		return new CapabilityJson(Operations.standard()).read(json);
	}

	private static AppUser endingIn(Duration left) {
		return new AppUser("ann", ANN.roles(), ANN.claims(), ANN.source(), TestIssuer.NOW.plus(left));
	}

	private static DecodedJWT jwt(IssuedToken issued) {
		return JWT.decode(((AblyJwt) issued.credential()).token());
	}

	private static TokenRequest request(IssuedToken issued) {
		return ((TokenRequest) issued.credential());
	}

	private static Duration lifetime(IssuedToken issued) {
		return Duration.between(jwt(issued).getIssuedAtAsInstant(), jwt(issued).getExpiresAtAsInstant());
	}

	private static void assertRefused(ThrowingCallable call, Reason reason) {
		assertThatExceptionOfType(Refused.class).isThrownBy(call).extracting(Refused::reason).isEqualTo(reason);
	}

}
