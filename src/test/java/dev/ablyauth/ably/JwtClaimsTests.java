package dev.ablyauth.ably;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.auth0.jwt.JWT;
import com.auth0.jwt.interfaces.DecodedJWT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What only a JWT can carry, on the wire.
 */
class JwtClaimsTests {

	private static final ApiKey KEY = ApiKey.parse(TestKeys.KEY);

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void signWhenFeaturesThenEachIsAClaimUnderAblysName() {
		JwtFeatures features = new JwtFeatures(new RevocationKey("team-red"),
				new TreeMap<>(Map.of(Resource.parse("chat:*"), "member")),
				new TreeMap<>(Map.of(Resource.parse("room"), "admin")),
				new TreeMap<>(Map.of(Resource.parse("slow"), new BigDecimal("0.5"))), true);
		DecodedJWT jwt = JWT.decode(sign(features).token());
		assertThat(jwt.getClaim("x-ably-revocation-key").asString()).isEqualTo("team-red");
		assertThat(jwt.getClaim("x-ably-clientType").asString()).isEqualTo("server");
		assertThat(jwt.getClaim("ably.channel.chat:*").asString()).isEqualTo("member");
		assertThat(jwt.getClaim("ably.room.room").asString()).isEqualTo("admin");
		assertThat(jwt.getClaim("ably.limits.publish.perAttachment.maxRate.slow").asDouble()).isEqualTo(0.5);
		assertThat(jwt.getClaims()).hasSize(10);
		assertThat(features.names()).containsExactly("user-claims", "room-claims", "publish-limits", "revocation-key",
				"client-type");
	}

	@Test
	void namesWhenThereIsNothingThenEmpty() {
		assertThat(JwtFeatures.NONE.names()).isEmpty();
	}

	@Test
	void bytesThenThoseOfTheCompactForm() {
		AblyJwt jwt = sign(JwtFeatures.NONE);
		assertThat(jwt.bytes()).isEqualTo(jwt.token().getBytes(StandardCharsets.UTF_8).length);
	}

	private static AblyJwt sign(JwtFeatures features) {
		return new AblyJwtSigner().sign(KEY,
				new AblyJwtClaims(NOW, NOW.plusSeconds(3600),
						CapabilityTests.capability(Map.of("a", List.of("publish"))), ClientId.of("ann"),
						new Nonce("AAAAAAAAAAAAAAAAAAAAAA"), features));
	}

	@Test
	void revocationKeyWhenUpTo256CharactersThenKept() {
		assertThat(new RevocationKey("k".repeat(256)).value()).hasSize(256);
		assertThatIllegalArgumentException().isThrownBy(() -> new RevocationKey("k".repeat(257)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\nb", "a\u0000", "\ud800" })
	void revocationKeyWhenEmptyOrNotOneLineThenRefused(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> new RevocationKey(value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "AAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAA+", "AAAAAAAAAAAAAAAA\n" })
	void nonceWhenShortOrOfOtherCharactersThenRefused(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Nonce(value));
	}

	/** No resource can have a control in it; the text stays JSON all the same. */
	@Test
	void canonicalWhenControlsThenEscaped() {
		assertThat(CapabilityText.canonical(Map.of("a\n \u0001", List.of("publish"))))
			.isEqualTo("{\"a\\u000a \\u0001\":[\"publish\"]}");
	}

	/** FIPS 180-4, the example of one block: SHA-256 of {@code abc}. */
	@Test
	void fingerprintThenTheBeginningOfTheSha256() {
		assertThat(Fingerprint.of("abc")).isEqualTo("ba7816bf8f01cfea");
	}

}
