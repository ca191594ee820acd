package dev.ablyauth.ably;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.ably.lib.rest.AblyRest;
import io.ably.lib.rest.Auth;
import io.ably.lib.types.AblyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SignerTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");

	private static final Capability CAPABILITY = CapabilityTests
		.capability(Map.of("chat:*", List.of("publish", "subscribe"), "équipe:東京", List.of("history")));

	private static final Nonce NONCE = new Nonce("AAAAAAAAAAAAAAAAAAAAAA");

	@ParameterizedTest
	@ValueSource(strings = { TestKeys.KEY, TestKeys.OLD_KEY })
	void signJwtThenAnotherLibraryVerifiesIt(String key) {
		AblyJwt jwt = new AblyJwtSigner().sign(ApiKey.parse(key), claims());
		Algorithm algorithm = Algorithm.HMAC256(key.substring(key.indexOf(':') + 1));
		DecodedJWT decoded = JWT.decode(jwt.token());
		algorithm.verify(decoded);
		assertThat(decoded.getKeyId()).isEqualTo(key.substring(0, key.indexOf(':')));
		assertThat(decoded.getAlgorithm()).isEqualTo("HS256");
		assertThat(decoded.getType()).isEqualTo("JWT");
		assertThat(decoded.getIssuedAtAsInstant()).isEqualTo("2026-01-01T00:00:00Z");
		assertThat(decoded.getExpiresAtAsInstant()).isEqualTo("2026-01-01T01:00:00Z");
		assertThat(decoded.getClaim("x-ably-capability").asString()).isEqualTo(CAPABILITY.text());
		assertThat(decoded.getClaim("x-ably-clientId").asString()).isEqualTo("Zoë \"the\\boss\"");
		assertThat(decoded.getClaims()).containsOnlyKeys("iat", "exp", "jti", "x-ably-capability", "x-ably-clientId");
	}

	@Test
	void signTwiceThenSameBytes() {
		ApiKey key = ApiKey.parse(TestKeys.KEY);
		assertThat(new AblyJwtSigner().sign(key, claims()).token())
			.isEqualTo(new AblyJwtSigner().sign(key, claims()).token());
		assertThat(new TokenRequestSigner().sign(key, params()).mac())
			.isEqualTo(new TokenRequestSigner().sign(key, params()).mac());
	}

	@ParameterizedTest
	@ValueSource(strings = { TestKeys.KEY, TestKeys.OLD_KEY })
	void signTokenRequestThenAblyJavaSignsTheSame(String key) throws AblyException {
		TokenRequest ours = new TokenRequestSigner().sign(ApiKey.parse(key), params());
		Auth.TokenRequest theirs = new AblyRest(key).auth.createTokenRequest(ablyParams(), null);
		String text = TokenRequestSigner.signedText(theirs.keyName, theirs.ttl, theirs.capability, theirs.clientId,
				theirs.timestamp, theirs.nonce);
		assertThat(TokenRequestSigner.mac(ApiKey.parse(key).secret(), text)).isEqualTo(theirs.mac);
		assertThat(theirs.capability).isEqualTo(ours.capability());
		assertThat(theirs.ttl).isEqualTo(ours.ttl());
		assertThat(theirs.clientId).isEqualTo(ours.clientId());
		assertThat(theirs.keyName).isEqualTo(ours.keyName());
	}

	private static Auth.TokenParams ablyParams() {
		Auth.TokenParams params = new Auth.TokenParams();
		params.ttl = params().ttl().toMillis();
		params.capability = CAPABILITY.text();
		params.clientId = params().clientId().value();
		params.timestamp = NOW.toEpochMilli();
		return params;
	}

	@Test
	void toStringThenShowsNoCredential() {
		ApiKey key = ApiKey.parse(TestKeys.KEY);
		AblyJwt jwt = new AblyJwtSigner().sign(key, claims());
		TokenRequest request = new TokenRequestSigner().sign(key, params());
		assertThat(List.of(jwt, request, new AblyToken("secret", NOW)))
			.hasToString("[AblyJwt(not shown), TokenRequest(not shown), AblyToken(not shown)]");
	}

	@Test
	void claimsWhenNoLifeThenRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new AblyJwtClaims(NOW, NOW, CAPABILITY, ClientId.of("a"), NONCE, JwtFeatures.NONE));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TokenParams(Duration.ZERO, CAPABILITY, ClientId.of("a"), NOW, NONCE));
	}

	private static AblyJwtClaims claims() {
		return new AblyJwtClaims(NOW, NOW.plusSeconds(3600), CAPABILITY, ClientId.of("Zoë \"the\\boss\""), NONCE,
				JwtFeatures.NONE);
	}

	private static TokenParams params() {
		return new TokenParams(Duration.ofMinutes(30), CAPABILITY, ClientId.of("Zoë \"the\\boss\""), NOW, NONCE);
	}

}
