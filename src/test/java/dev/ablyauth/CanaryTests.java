package dev.ablyauth;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.session.AppTokens;
import dev.ablyauth.web.AdminTokens;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets and tokens are marked, everything is tried that a request can go through, and
 * then all that the server has said is searched for the marks, in any encoding.
 */
class CanaryTests {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	/** What was sent to the server or came from it and must not be seen anywhere else. */
	private final List<String> secrets = new ArrayList<>(List.of(TestServer.SECRET, TestKeys.KEY_SECRET,
			"canary-query-0123456789", "canary-cookie-0123456789", AdminTokens.ALL, AdminTokens.WRONG,
			AdminTokens.SECRET, "canary-guest-secret-of-more-than-32-bytes", "canary-webhook-secret-0123456789"));

	/** What the server said beside the tokens themselves. */
	private final StringBuilder said = new StringBuilder();

	@Test
	void allThatTheServerSaysThenNoSecretAndNoToken() throws Exception {
		try (TestServer server = TestServer.start(AdminTokens.settings("ably-auth.sessions.guests.enabled=true",
				"ably-auth.sessions.guests.secret=canary-guest-secret-of-more-than-32-bytes",
				"ably-auth.sessions.jwt[0].logout-audiences=my-app",
				"ably-auth.logout.webhook-secrets[0].value=whsec_" + Base64.getEncoder()
					.encodeToString("canary-webhook-secret-0123456789".getBytes(StandardCharsets.UTF_8))))) {
			for (String path : List.of("/api/ably-jwt", "/api/ably-token-request", "/api/ably-token")) {
				issue(server.uri(path));
			}
			for (String session : sessions()) {
				this.secrets.add(session.substring(session.lastIndexOf('.') + 1));
				refuse(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + session);
				refuse(server.uri("/api/ably-jwt?access_token=" + session + "&ttl=canary-query-0123456789"), "Cookie",
						"session=" + session + "; other=canary-cookie-0123456789");
				refuse(server.uri("/api/" + session), "Authorization", "Bearer " + TestServer.ann());
				refuse(server.uri("/api/ably-jwt?clientId=canary-query-0123456789"), "Authorization",
						"Bearer " + TestServer.ann(), "Origin", "https://canary-query-0123456789.example");
			}
			for (String path : List.of("/actuator/health", "/livez", "/readyz", "/actuator/env", "/actuator/metrics",
					"/actuator/configprops", "/error", "/api/canary-query-0123456789")) {
				this.said.append(refuse(server.uri(path)));
			}
			guest(server);
			admin(server);
			logout(server);
			this.said.append(server.meters());
			Thread.getAllStackTraces().keySet().forEach((thread) -> this.said.append(thread.getName()).append('\n'));
		}
		this.said.append(Files.readString(Path.of("target", "test.log"), StandardCharsets.UTF_8));
		assertThat(this.said).contains("decision=issued", "decision=refused", "reason=invalid-token", "caller=token:",
				"jvm.threads");
		this.secrets.forEach(this::assertNotSaid);
	}

	private void issue(URI uri) throws IOException, InterruptedException {
		String session = TestServer.ann();
		HttpResponse<String> answer = send(uri, "Authorization", "Bearer " + session);
		assertThat(answer.statusCode()).isEqualTo(200);
		this.secrets.add(session.substring(session.lastIndexOf('.') + 1));
		String body = answer.body();
		this.secrets.add(body.startsWith("{") ? body.replaceAll(".*\"mac\":\"([^\"]+)\".*", "$1")
				: body.substring(body.lastIndexOf('.') + 1));
		this.said.append(answer.headers().map());
	}

	private void guest(TestServer server) throws IOException, InterruptedException {
		HttpResponse<String> answer = CLIENT.send(
				HttpRequest.newBuilder(server.uri("/api/guest")).POST(HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.ofString());
		String token = answer.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
		this.secrets.add(token.substring(token.lastIndexOf('.') + 1));
		refuse(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + token);
		refuse(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + token + "x");
		refuse(server.uri("/api/ably-jwt"), "Cookie", "__Host-ably-guest=" + token + "x");
		refuse(server.uri("/api/ably-jwt"), "X-Ably-Auth-Guest", token, "Authorization", "Bearer " + TestServer.ann());
		refuse(server.uri("/api/ably-jwt?clientId=x"), "X-Ably-Auth-Guest", token, "Authorization",
				"Bearer " + TestServer.ann());
	}

	private String refuse(URI uri, String... headers) throws IOException, InterruptedException {
		HttpResponse<String> answer = send(uri, headers);
		String all = answer.statusCode() + " " + answer.headers().map() + " " + answer.body() + "\n";
		this.said.append((answer.statusCode() == 200 && uri.getPath().startsWith("/api/")) ? "" : all);
		return all;
	}

	private void admin(TestServer server) throws IOException, InterruptedException {
		String jwt = AdminTokens.adminJwt().token();
		this.secrets.add(jwt.substring(jwt.lastIndexOf('.') + 1));
		for (String token : List.of(AdminTokens.ALL, AdminTokens.WRONG, AdminTokens.token("read"), jwt, jwt + "x")) {
			this.secrets.add(token);
			String encoded = URLEncoder.encode(token, StandardCharsets.UTF_8);
			for (String path : List.of("/admin/x", "/admin/explain", "/admin/" + encoded.replace("%2F", ""),
					"/admin/x?access_token=" + encoded, "/actuator/health")) {
				refuse(server.uri(path), "Authorization", "Bearer " + token);
				refuse(server.uri(path), "Authorization", "Basic " + token, "Cookie", "session=" + token);
				refuse(server.uri(path), "Authorization", "Bearer " + token, "Authorization", "Bearer " + token);
				refuse(server.uri(path), "Authorization", "Bearer " + token, TestServer.BREAK, "yes");
			}
		}
	}

	private void logout(TestServer server) throws IOException, InterruptedException {
		AppTokens good = AppTokens.hs256(TestServer.ISSUER, TestServer.SECRET)
			.audience("my-app")
			.claim("sid", "s-1")
			.claim("jti", "j-1")
			.claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
		for (String token : List.of(good.without("sid").token(), good.token(), good.token() + "x", TestServer.ann())) {
			this.secrets.add(token.substring(token.lastIndexOf('.') + 1));
			HttpResponse<String> answer = CLIENT.send(HttpRequest.newBuilder(server.uri("/logout/back-channel"))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString("logout_token=" + token))
				.build(), HttpResponse.BodyHandlers.ofString());
			this.said.append(answer.headers().map()).append(answer.body());
			answer = CLIENT.send(HttpRequest.newBuilder(server.uri("/logout/webhook"))
				.headers("webhook-id", "m-1", "webhook-timestamp", "1", "webhook-signature", "v1," + token)
				.POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"" + token + "\"}"))
				.build(), HttpResponse.BodyHandlers.ofString());
			this.said.append(answer.headers().map()).append(answer.body());
		}
	}

	private static List<String> sessions() {
		String good = TestServer.ann();
		return List.of(TestServer.session("ann", Map.of(), Duration.ofHours(-1)), good + "x",
				good.substring(0, good.lastIndexOf('.') + 1) + "canarysignature0123456789",
				TestServer.session("eve", Map.of("suspended", true)), TestServer.session("*", Map.of()),
				TestServer.session("bob", Map.of("roles", List.of("nothing"))));
	}

	private static HttpResponse<String> send(URI uri, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private void assertNotSaid(String secret) {
		byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
		String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
		Stream
			.of(secret, base64.substring(0, base64.length() - 1),
					Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), HexFormat.of().formatHex(bytes),
					HexFormat.of().withUpperCase().formatHex(bytes), URLEncoder.encode(secret, StandardCharsets.UTF_8),
					new StringBuilder(secret).reverse().toString())
			.forEach((form) -> assertThat(this.said.indexOf(form)).as("where \"%s\" was said", form).isEqualTo(-1));
	}

}
