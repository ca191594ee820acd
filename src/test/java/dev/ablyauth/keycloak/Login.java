package dev.ablyauth.keycloak;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.auth0.jwt.JWT;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ann signs in as in a browser: the login page, its form, the code, the tokens. RFC 6749
 * 4.1 with RFC 7636, and RFC 6749 6 for more tokens later.
 */
final class Login {

	private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

	private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

	private static final String VERIFIER = "a-code-verifier-that-is-long-enough-for-rfc-7636";

	private static final JsonMapper JSON = new JsonMapper();

	private final Keycloak keycloak;

	private final String refreshToken;

	private final String accessToken;

	private final String idToken;

	private Login(Keycloak keycloak, JsonNode tokens) {
		this.keycloak = keycloak;
		this.accessToken = tokens.get("access_token").asString();
		this.refreshToken = tokens.get("refresh_token").asString();
		this.idToken = tokens.get("id_token").asString();
	}

	static Login of(Keycloak keycloak) {
		HttpResponse<String> page = keycloak.send(
				HttpRequest.newBuilder(keycloak.uri("/realms/app/protocol/openid-connect/auth?client_id=" + Realm.CLIENT
						+ "&response_type=code&scope=openid&state=s&nonce=n&code_challenge_method=S256&code_challenge="
						+ challenge() + "&redirect_uri=" + Realm.REDIRECT))
					.build());
		assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
		Matcher form = FORM.matcher(page.body());
		assertThat(form.find()).as(page.body()).isTrue();
		HttpResponse<String> signedIn = keycloak.post(URI.create(form.group(1).replace("&amp;", "&")),
				Map.of("username", Realm.USER, "password", Realm.PASSWORD), "Cookie", cookies(page));
		String target = signedIn.headers().firstValue("Location").orElse("no redirect: " + signedIn.body());
		assertThat(target).startsWith(Realm.REDIRECT).contains("state=s");
		Matcher code = CODE.matcher(target);
		assertThat(code.find()).isTrue();
		return new Login(keycloak, tokens(keycloak, Map.of("grant_type", "authorization_code", "code", code.group(1),
				"redirect_uri", Realm.REDIRECT, "code_verifier", VERIFIER)));
	}

	/** The access token of the login itself. */
	String accessToken() {
		return this.accessToken;
	}

	/** Tells the app who signed in; no key to other doors. */
	String idToken() {
		return this.idToken;
	}

	/** Another access token, signed by whichever key signs now. */
	String another() {
		return tokens(this.keycloak, Map.of("grant_type", "refresh_token", "refresh_token", this.refreshToken))
			.get("access_token")
			.asString();
	}

	/** Which session of Keycloak this is. */
	String sessionId() {
		return JWT.decode(this.accessToken).getClaim("sid").asString();
	}

	/** As an app does for its user. */
	void logout() {
		HttpResponse<String> answer = this.keycloak.post(
				this.keycloak.uri("/realms/app/protocol/openid-connect/logout"),
				Map.of("client_id", Realm.CLIENT, "refresh_token", this.refreshToken));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
	}

	/** Which key signed a token. */
	static String kid(String token) {
		String header = new String(Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))),
				StandardCharsets.UTF_8);
		return JSON.readTree(header).get("kid").asString();
	}

	private static JsonNode tokens(Keycloak keycloak, Map<String, String> grant) {
		Map<String, String> fields = new LinkedHashMap<>(grant);
		fields.put("client_id", Realm.CLIENT);
		HttpResponse<String> answer = keycloak.post(keycloak.uri("/realms/app/protocol/openid-connect/token"), fields);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return JSON.readTree(answer.body());
	}

	private static String cookies(HttpResponse<String> page) {
		return page.headers()
			.allValues("Set-Cookie")
			.stream()
			.map((cookie) -> cookie.substring(0, cookie.indexOf(';')))
			.collect(Collectors.joining("; "));
	}

	private static String challenge() {
		try {
			return Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString(
						MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
