package dev.ablyauth.session;

import java.net.URI;
import java.util.Base64;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What comes from the key server is one P-256 key in PEM, or there is none, or nobody can
 * tell.
 */
class AlbKeyClientTests {

	private static final ECKey KEY = AlbTokens.key("key-1");

	private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";

	private static final String END = "-----END PUBLIC KEY-----";

	private final AlbKeyServer server = AlbKeyServer.start(KEY);

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void fetchThenThePublicKeyWithItsKid() throws Exception {
		assertThat(client("key-1").fetch().getKeys()).singleElement().isEqualTo(KEY.toPublicJWK());
	}

	/** A true one, from sscarduzio/elasticsearch-readonlyrest-plugin, issue 388. */
	@Test
	void fetchWhenAnAnswerOfAwsThenRead() throws Exception {
		this.server.put("key-1", """
				-----BEGIN PUBLIC KEY-----
				MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEV2/rLhXWkZ29iaHCXiRNzy8MPN1x
				NCrp0UZX4cxhj+A20bvViURRiyOtbBv+ah98xy6npBY5ibt0jg9WDZoKoA==
				-----END PUBLIC KEY-----
				""");
		JWK key = client("key-1").fetch().getKeys().get(0);
		assertThat(key.getKeyID()).isEqualTo("key-1");
		assertThat(key.toECKey().getCurve()).isEqualTo(Curve.P_256);
	}

	@Test
	void fetchWhenLinesEndAsInWindowsThenRead() throws Exception {
		this.server.put("key-1", AlbKeyServer.pem(KEY).replace("\n", "\r\n"));
		assertThat(client("key-1").fetch().getKeys()).hasSize(1);
	}

	@Test
	void fetchWhenThereIsNoneThenNone() throws Exception {
		assertThat(client("key-2").fetch().getKeys()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 410 })
	void fetchWhenStatusSaysThereIsNoneThenNone(int status) throws Exception {
		this.server.status(status);
		assertThat(client("key-1").fetch().getKeys()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 201, 206, 301, 302, 307, 400, 401, 407, 429, 500, 502, 503, 504 })
	void fetchWhenStatusSaysNothingThenUnavailable(int status) {
		this.server.status(status);
		assertUnavailable();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "<html>Sign in</html>", BEGIN, END, BEGIN + END, BEGIN + "\n" + END,
			"-----BEGIN PUBLIC KEY-----END PUBLIC KEY-----", BEGIN + "\n!!!!\n" + END, BEGIN + "\nAAAA\n" + END,
			"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
			BEGIN + "\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEV2/rLhXWkZ29iaHCXiRNzy8MPN1xNCrp0UZX4cxhj+A20bvViURRiyOtbBv+ah98xy6npBY5ibt0jg9WDZoKoQ==\n"
					+ END })
	void fetchWhenRubbishThenUnavailable(String body) {
		this.server.put("key-1", body);
		assertUnavailable();
	}

	@Test
	void fetchWhenAnotherCurveOrAnotherKindThenUnavailable() throws Exception {
		for (Curve curve : new Curve[] { Curve.P_384, Curve.P_521 }) {
			this.server.put("key-1", AlbKeyServer.pem(AppTokens.ecKey(curve, "key-1")));
			assertUnavailable();
		}
		byte[] rsa = AppTokens.rsaKey("rsa-1").toPublicKey().getEncoded();
		this.server.put("key-1", BEGIN + "\n" + Base64.getEncoder().encodeToString(rsa) + "\n" + END);
		assertUnavailable();
		this.server.put("key-1", AlbKeyServer.pem(KEY) + AlbKeyServer.pem(KEY));
		assertUnavailable();
	}

	@Test
	void fetchWhenOver512KibThenUnavailable() {
		this.server.put("key-1", AlbKeyServer.pem(KEY) + " ".repeat(512 * 1024));
		assertUnavailable();
	}

	@Test
	void fetchWhenNobodyListensThenUnavailable() {
		this.server.close();
		assertUnavailable();
	}

	@Test
	void newWhenTheAddressEndsWithASlashThenTheSamePath() throws Exception {
		new AlbKeyClient(URI.create(this.server.uri() + "/"), "key-1", new HttpFetcher()).fetch();
		assertThat(this.server.asked()).containsExactly("/keys/key-1");
	}

	private void assertUnavailable() {
		assertThatExceptionOfType(JwksUnavailableException.class).isThrownBy(client("key-1")::fetch);
	}

	private AlbKeyClient client(String kid) {
		return new AlbKeyClient(URI.create(this.server.uri()), kid, new HttpFetcher());
	}

}
