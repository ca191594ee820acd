package dev.ablyauth.web;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.jwk.RSAKey;
import dev.ablyauth.TestFiles;
import dev.ablyauth.TestServer;
import dev.ablyauth.revocation.Denial;
import dev.ablyauth.revocation.DenialSearch;
import dev.ablyauth.revocation.Denials;
import dev.ablyauth.session.AppTokens;
import dev.ablyauth.session.JwksServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server with an issuer that says which sessions have ended, and with an app that
 * says so by a webhook. Sessions are those of that issuer.
 */
final class LogoutServer implements AutoCloseable {

	static final String BACK_CHANNEL = "/logout/back-channel";

	static final String WEBHOOK = "/logout/webhook";

	static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

	/** The client that the app is to the issuer. */
	static final String CLIENT = "my-client";

	static final byte[] SECRET = "canary-webhook-secret-0123456789".getBytes(StandardCharsets.US_ASCII);

	static final byte[] NEXT_SECRET = "canary-the-next-webhook-secret-0123".getBytes(StandardCharsets.US_ASCII);

	static final RSAKey KEY = AppTokens.rsaKey("login-1");

	private final JwksServer issuer = JwksServer.start(KEY);

	private final String file;

	private final TestServer server;

	private LogoutServer(String file, String... settings) {
		this.file = file;
		List<String> all = new ArrayList<>(List.of("ably-auth.deny-list.url=" + file,
				"ably-auth.logout.webhook-secrets[0].value=" + secret(SECRET),
				"ably-auth.logout.webhook-secrets[1].value=" + secret(NEXT_SECRET)));
		all.addAll(issuerSettings());
		all.addAll(Arrays.asList(settings));
		this.server = TestServer.start(all.toArray(String[]::new));
	}

	private List<String> issuerSettings() {
		String jwt = "ably-auth.sessions.jwt[1].";
		return List.of(jwt + "issuer=" + issuer(), jwt + "jwks-uri=" + this.issuer.jwksUri(),
				jwt + "audiences=my-app," + CLIENT, jwt + "logout-audiences=" + CLIENT, jwt + "user-id-prefix=idp-",
				jwt + "types=JWT,at+jwt,logout+jwt");
	}

	static LogoutServer start(String... settings) {
		return new LogoutServer(TestFiles.denyList(), settings);
	}

	/** Another instance at the same store, with an issuer of its own. */
	TestServer another() {
		List<String> all = new ArrayList<>(issuerSettings());
		all.add("ably-auth.deny-list.url=" + this.file);
		return TestServer.start(all.toArray(String[]::new));
	}

	TestServer server() {
		return this.server;
	}

	/** The server of the issuer's keys. */
	JwksServer keys() {
		return this.issuer;
	}

	String issuer() {
		return this.issuer.issuer() + "/login";
	}

	static String secret(byte[] bytes) {
		return "whsec_" + Base64.getEncoder().encodeToString(bytes);
	}

	/** A good logout token of ann's session s-1, that another one can be made of. */
	AppTokens logoutToken(String id) {
		return AppTokens.rs256(issuer(), KEY)
			.header("typ", "logout+jwt")
			.audience(CLIENT)
			.subject("ann")
			.claim("sid", "s-1")
			.claim("jti", id)
			.claim("events", Map.of(EVENT, Map.of()));
	}

	AppTokens session(String user, String sid) {
		return AppTokens.rs256(issuer(), KEY).audience("my-app").subject(user).claim("sid", sid);
	}

	HttpResponse<String> sendToken(String token) {
		return sendForm("logout_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
	}

	HttpResponse<String> sendForm(String form) {
		return Http.post(this.server.uri(BACK_CHANNEL), form, "Content-Type", "application/x-www-form-urlencoded");
	}

	/** Sends a webhook that is well signed. */
	HttpResponse<String> sendWebhook(String id, String body) {
		String time = now(0);
		return Http.post(this.server.uri(WEBHOOK), body, "Content-Type", "application/json", "webhook-id", id,
				"webhook-timestamp", time, "webhook-signature", sign(SECRET, id, time, body));
	}

	static String now(int seconds) {
		return String.valueOf(Instant.now().getEpochSecond() + seconds);
	}

	static String sign(byte[] secret, String id, String time, String body) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(secret, "HmacSHA256"));
			byte[] hmac = mac.doFinal((id + "." + time + "." + body).getBytes(StandardCharsets.UTF_8));
			return "v1," + Base64.getEncoder().encodeToString(hmac);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	int status(AppTokens session) {
		return status(this.server, session.token());
	}

	static int status(TestServer server, String session) {
		return Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + session).statusCode();
	}

	/** All denials that there ever were. */
	List<Denial> denials() {
		return this.server.bean(Denials.class).search(new DenialSearch(null, null, null, true, null, 1000));
	}

	void assertNothingChanged(int denialsBefore) {
		assertThat(denials()).hasSize(denialsBefore);
	}

	@Override
	public void close() {
		this.server.close();
		this.issuer.close();
	}

}
