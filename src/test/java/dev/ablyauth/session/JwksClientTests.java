package dev.ablyauth.session;

import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.stream.IntStream;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/**
 * Where keys are fetched from, and what is not taken as keys.
 */
class JwksClientTests {

	private static final RSAKey KEY = AppTokens.rsaKey("key-1");

	private static final int MAX_BYTES = 512 * 1024;

	/** Two seconds for the headers, two for the body, and some for a busy machine. */
	private static final Duration LONGEST = Duration.ofSeconds(6);

	private final JwksServer server = JwksServer.start(KEY);

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void fetchThenPublicKeysOnly() throws Exception {
		this.server.body("{\"keys\":[" + KEY.toJSONString() + "]}");
		JWKSet keys = fetch();
		assertThat(keys.getKeys()).containsExactly(KEY.toPublicJWK());
		assertThat(keys.containsNonPublicKeys()).isFalse();
	}

	@Test
	void fetchWhenJwksUriIsSetThenNoDiscovery() throws Exception {
		fetch();
		assertThat(this.server.discoveries()).isZero();
	}

	@Test
	void fetchWhenNoJwksUriThenDiscoveredEachTimeBecauseItMayMove() throws Exception {
		JwksClient client = client(this.server.issuer(), null);
		assertThat(client.fetch().size()).isEqualTo(1);
		try (JwksServer moved = JwksServer.start(KEY, AppTokens.rsaKey("key-2"))) {
			this.server.discovery(JwksServer.discovery(this.server.issuer(), moved.jwksUri().toString()));
			assertThat(client.fetch().size()).isEqualTo(2);
		}
		assertThat(this.server.discoveries()).isEqualTo(2);
		assertThat(this.server.fetches()).isEqualTo(1);
	}

	@Test
	void fetchWhenIssuerEndsWithASlashThenDiscoveredAndStillExact() throws Exception {
		String issuer = this.server.issuer() + "/";
		this.server.discovery(JwksServer.discovery(issuer, this.server.jwksUri().toString()));
		assertThat(client(issuer, null).fetch().size()).isEqualTo(1);
		assertRefused(client(this.server.issuer(), null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "", "HTTP://127.0.0.1", "http://localhost" })
	void fetchWhenDiscoveryNamesAnotherIssuerThenRefused(String issuer) {
		this.server.discovery(JwksServer.discovery(issuer, this.server.jwksUri().toString()));
		assertRefused(client(this.server.issuer(), null));
		assertThat(this.server.fetches()).isZero();
	}

	@Test
	void fetchWhenDiscoveryNamesAnotherHostThenRefusedAndNobodyIsAsked() {
		try (JwksServer other = JwksServer.start(KEY)) {
			for (String host : new String[] { "localhost", "127.0.0.2", "[::1]", "127.0.0.1.evil.invalid" }) {
				this.server
					.discovery(JwksServer.discovery(this.server.issuer(), "http://" + host + ":" + other.port()));
				assertRefused(client(this.server.issuer(), null));
			}
			assertThat(other.requests()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/jwks", "jwks", "//127.0.0.1/jwks", "ftp://127.0.0.1/jwks", "file:///etc/passwd",
			"file://127.0.0.1/etc/passwd", "http:", "http://", "null", "a b" })
	void fetchWhenDiscoveryNamesNoAddressThenRefused(String uri) {
		this.server.discovery(JwksServer.discovery(this.server.issuer(), uri));
		assertRefused(client(this.server.issuer(), null));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "{}", "[]", "null", "<html>", "{\"issuer\":\"ISSUER\"}", "{\"jwks_uri\":\"ISSUER/jwks\"}",
					"{\"issuer\":\"ISSUER\",\"jwks_uri\":1}", "{\"issuer\":[\"ISSUER\"],\"jwks_uri\":\"ISSUER/jwks\"}",
					"{\"issuer\":\"x\",\"issuer\":\"ISSUER\",\"jwks_uri\":\"ISSUER/jwks\"}" })
	void fetchWhenDiscoveryDocumentIsNoneThenRefused(String document) {
		this.server.discovery(document.replace("ISSUER", this.server.issuer()));
		assertRefused(client(this.server.issuer(), null));
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void fetchWhenRedirectedThenRefusedAndNotFollowed(int status) {
		try (JwksServer other = JwksServer.start(KEY)) {
			this.server.status(status);
			this.server.redirect(other.jwksUri());
			assertRefused(client(this.server.issuer(), this.server.jwksUri()));
			assertRefused(client(this.server.issuer(), null));
			assertThat(this.server.requests()).isEqualTo(2);
			assertThat(other.requests()).isZero();
		}
	}

	@Test
	void fetchWhenBodyIs512KilobytesThenRead() throws Exception {
		this.server.bodyOfSize(MAX_BYTES);
		assertThat(fetch().size()).isEqualTo(1);
	}

	@Test
	void fetchWhenBodyIsLongerThenRefused() {
		this.server.bodyOfSize(MAX_BYTES + 1);
		assertRefused();
		this.server.bodyOfSize(20 * MAX_BYTES);
		assertRefused();
	}

	@Test
	void fetchWhen100KeysThenRead() throws Exception {
		this.server.keys(keys(100));
		assertThat(fetch().size()).isEqualTo(100);
	}

	@Test
	void fetchWhen101KeysThenRefused() {
		this.server.keys(keys(101));
		assertRefused();
	}

	@Test
	void fetchWhenSymmetricKeyThenRefused() {
		JWK secret = new OctetSequenceKey.Builder(new byte[32]).keyID("secret").build();
		this.server.body("{\"keys\":[" + KEY.toPublicJWK().toJSONString() + "," + secret.toJSONString() + "]}");
		assertRefused();
	}

	@Test
	void fetchWhenTwoKeysOfOneKidThenRefused() {
		this.server.keys(KEY, new RSAKey.Builder(AppTokens.rsaKey("key-2")).keyID("key-1").build());
		assertRefused();
		this.server.keys(KEY, AppTokens.ecKey(Curve.P_256, "key-1"));
		assertRefused();
	}

	@Test
	void fetchWhenTwoKeysWithoutKidThenRead() throws Exception {
		this.server.keys(withKid(KEY, null), withKid(AppTokens.rsaKey("key-2"), null));
		assertThat(fetch().size()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1024, 2040 })
	void fetchWhenRsaKeyIsShorterThan2048BitsThenRefused(int bits) throws NoSuchAlgorithmException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		generator.initialize(bits);
		this.server.keys(KEY, new RSAKey.Builder((RSAPublicKey) generator.generateKeyPair().getPublic()).build());
		assertRefused();
	}

	@Test
	void fetchWhenNoAnswerThenRefusedInTime() {
		this.server.hold();
		assertTimeout(LONGEST, () -> assertRefused());
	}

	@Test
	void fetchWhenBodyDripsThenRefusedInTime() {
		this.server.drip();
		assertTimeout(LONGEST, () -> assertRefused());
	}

	@Test
	void fetchWhenAnswerIsLateButInTimeThenRead() throws Exception {
		this.server.delay(Duration.ofMillis(300));
		assertThat(fetch().size()).isEqualTo(1);
	}

	@Test
	void toStringThenTheIssuer() {
		assertThat(client("https://login.example", null)).hasToString("https://login.example");
	}

	private static JWK[] keys(int count) {
		return IntStream.range(0, count).mapToObj((i) -> withKid(KEY, "key-" + i)).toArray(JWK[]::new);
	}

	private static RSAKey withKid(RSAKey key, @Nullable String kid) {
		return new RSAKey.Builder(key).keyID(kid).build();
	}

	private JWKSet fetch() throws JwksUnavailableException {
		return client(this.server.issuer(), this.server.jwksUri()).fetch();
	}

	private void assertRefused() {
		assertRefused(client(this.server.issuer(), this.server.jwksUri()));
	}

	private static void assertRefused(JwksClient client) {
		assertThatExceptionOfType(JwksUnavailableException.class).isThrownBy(client::fetch);
	}

	private static JwksClient client(String issuer, @Nullable URI uri) {
		return new JwksClient(issuer, uri, new HttpFetcher());
	}

}
