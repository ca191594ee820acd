package dev.ablyauth.sdk;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import dev.ablyauth.live.AblyApp;
import dev.ablyauth.live.AblyCalls;
import dev.ablyauth.live.AppKey;
import dev.ablyauth.standin.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Ably's documents do not say, asked without any SDK and without the server. Each
 * answer goes into the report; what is assumed here is what the stand-in does.
 */
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssumptionTests {

	private static final String HISTORY = "/channels/a/messages";

	private static final int CONNECTED = 4;

	private static final int AUTH = 17;

	private AblyApp ably;

	private AblyCalls calls;

	@BeforeAll
	void start() {
		this.ably = AblyApp.open();
		this.calls = new AblyCalls(this.ably.address());
	}

	@AfterAll
	void stop() {
		this.ably.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 5, 30, 110, 130, 600 })
	void tokenWhenIssuedInTheFuture(int seconds) {
		Instant iat = Instant.now().plusSeconds(seconds);
		String token = jwt(AppKey.WHOLE, (jwt) -> jwt.withIssuedAt(iat).withExpiresAt(iat.plusSeconds(600)));
		this.ably.assume("A JWT whose iat is " + seconds + " s ahead", "401 40144", this.calls.get(HISTORY, token));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			{"other":["history"]} ; 401 40160
			{"narrow:a":["publish"]} ; 401 40160
			{"narrow:a":["history"],"other":["publish"]} ; 200
			{} ; 401 40160
			{"narrow:a" ; 400 40000
			[] ; 400 40000
			{"narrow:a":["no-such-operation"]} ; 400 40000
			""")
	void tokenWhenTheKeyMayDoNextToNothing(String capability, String assumed) {
		String token = jwt(AppKey.NARROW, (jwt) -> jwt.withClaim("x-ably-capability", capability));
		this.ably.assume("A JWT with the capability " + capability + " of a key with {\"narrow:*\":[\"history\"]}",
				assumed, this.calls.get("/channels/narrow:a/messages", token));
	}

	@Test
	void tokenWhenTheCapabilityIsNoString() {
		String object = jwt(AppKey.WHOLE, (jwt) -> jwt.withClaim("x-ably-capability", Map.of("a", List.of("history"))));
		this.ably.assume("A JWT with an object as x-ably-capability", "400 40144", this.calls.get(HISTORY, object));
		String none = jwt(AppKey.WHOLE, (jwt) -> jwt.withNullClaim("x-ably-capability"));
		this.ably.assume("A JWT with null as x-ably-capability", "400 40144", this.calls.get(HISTORY, none));
	}

	@Test
	void tokenWhenTwoEntriesMeetOneChannel() {
		String token = jwt(AppKey.WHOLE, (jwt) -> jwt.withClaim("x-ably-capability",
				"{\"a:*\":[\"history\"],\"a:b\":[\"subscribe\"],\"*\":[\"presence\"]}"));
		this.ably.assume("The wider one of two entries that match a channel counts too", "200",
				this.calls.get("/channels/a:b/messages", token));
	}

	@Test
	void tokenWhenTheClientIdIsUnusual() {
		Map<String, String> clientIds = new TreeMap<>(Map.of("256 letters", "x".repeat(256), "256 emojis",
				"\uD83D\uDE00".repeat(256), "colon, slash, quotes", "a:b/c\"d'e", "blank inside", "anna m\u00fcller",
				"two spellings of one letter", "\u00e9e\u0301", "brackets", "[a]{b}<c>"));
		clientIds.forEach((name, clientId) -> {
			String token = jwt(AppKey.WHOLE, (jwt) -> jwt.withClaim("x-ably-clientId", clientId));
			this.ably.assume("A clientId: " + name, "200", this.calls.get(HISTORY, token));
		});
	}

	@Test
	void tokenWhenInsideAnotherJwt() {
		String inner = jwt(AppKey.WHOLE, (jwt) -> {
		});
		Map<String, Object> inHeader = Map.of("x-ably-token", inner);
		this.ably.assume("A token in the header of an own JWT", "200", this.calls.get(HISTORY, outer(inHeader, "")));
		this.ably.assume("A token in a claim of an own JWT", "200", this.calls.get(HISTORY, outer(Map.of(), inner)));
		this.ably.assume("A token in both places of an own JWT", "401 40144",
				this.calls.get(HISTORY, outer(inHeader, inner)));
	}

	private static String outer(Map<String, Object> header, String claim) {
		JWTCreator.Builder jwt = JWT.create().withHeader(header).withExpiresAt(Instant.now().plusSeconds(300));
		return (claim.isEmpty() ? jwt : jwt.withClaim("x-ably-token", claim))
			.sign(Algorithm.HMAC256("the app's own secret of more than 32 bytes"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 1000 })
	void tokenRequestWhenTheCapabilityIsLarge(int resources) throws GeneralSecurityException {
		Map<String, List<String>> capability = new TreeMap<>();
		for (int i = 0; i < resources; i++) {
			capability.put("resource-" + (10_000 + i), List.of("history", "subscribe"));
		}
		String text = JsonMapper.shared().writeValueAsString(capability);
		this.ably.assume("A TokenRequest with " + resources + " resources, " + text.length() + " bytes", "201",
				tokenRequest(text));
	}

	@Test
	void tokenRequestWhenTheCapabilityIsNotCanonical() throws GeneralSecurityException {
		this.ably.assume("A TokenRequest whose capability was signed and sent unsorted", "201",
				tokenRequest("{ \"b\": [\"subscribe\",\"history\"], \"a\": [\"*\"] }"));
	}

	private String tokenRequest(String capability) throws GeneralSecurityException {
		String name = name(AppKey.WHOLE);
		long now = System.currentTimeMillis();
		String nonce = UUID.randomUUID().toString();
		String text = String.join("\n", name, "60000", capability, "ann", Long.toString(now), nonce, "");
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(secret(AppKey.WHOLE).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
		String signed = Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		return this.calls.requestToken(name,
				JsonMapper.shared()
					.writeValueAsString(Map.of("keyName", name, "ttl", 60_000, "capability", capability, "clientId",
							"ann", "timestamp", now, "nonce", nonce, "mac", signed)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			textBlock = """
					REVOCABLE ; a target of an unknown type          ; "targets":["nothing:x"]                        ; 201 40000
					REVOCABLE ; a channel where that is off          ; "targets":["channel:x"]                        ; 201 40121
					REVOCABLE ; a time that is a minute ahead        ; "targets":["clientId:x"],"issuedBefore":60     ; 400 40003
					REVOCABLE ; a time that is two hours past        ; "targets":["clientId:x"],"issuedBefore":-7200  ; 400 40003
					WHOLE     ; a key without revocable tokens       ; "targets":["clientId:x"]                       ; 401 40163
					REVOCABLE_TOO ; another key than the one in the path ; "targets":["clientId:x"]                   ; 401 40133
					""")
	void revocationWhenItIsWrong(AppKey key, String what, String body, String assumed) {
		String inPath = name((key == AppKey.REVOCABLE_TOO) ? AppKey.REVOCABLE : key);
		int at = body.indexOf("\"issuedBefore\":") + "\"issuedBefore\":".length();
		String whole = !body.contains("issuedBefore") ? body
				: body.substring(0, at) + (System.currentTimeMillis() + 1000L * Long.parseLong(body.substring(at)));
		this.ably.assume("A revocation with " + what, assumed,
				this.calls.revokeTokens(inPath, this.ably.key(key), "{" + whole + "}"));
	}

	@Test
	void connectionWhenItRenewsWithARevokedToken() {
		HttpClient http = HttpClient.newHttpClient();
		RawClient client = new RawClient(http, this.ably.address(), named(AppKey.REVOCABLE, ""), "");
		client.next(CONNECTED);
		String revoked = named(AppKey.REVOCABLE, "gone");
		String end = this.calls.revokeTokens(name(AppKey.REVOCABLE), this.ably.key(AppKey.REVOCABLE),
				"{\"targets\":[\"revocationKey:gone\"]}");
		this.ably.assume("A revocation by revocation key", "201", end);
		this.ably.assume("A connection renews with a revoked token", "action 9 code 40141", renew(client, revoked));
	}

	@Test
	void connectionWhenItRenewsWithAnotherKey() {
		HttpClient http = HttpClient.newHttpClient();
		RawClient client = new RawClient(http, this.ably.address(), named(AppKey.REVOCABLE, ""), "");
		client.next(CONNECTED);
		this.ably.assume("A connection renews with another key of its app, without any SDK", "action 9 code 40102",
				renew(client, named(AppKey.REVOCABLE_TOO, "")));
	}

	/** The next message but those that keep the connection alive. */
	private static String renew(RawClient client, String token) {
		client.send("{\"action\":" + AUTH + ",\"auth\":{\"accessToken\":\"" + token + "\"}}");
		try {
			JsonNode answer = client.next();
			while (answer.path("action").asInt() == 0) {
				answer = client.next();
			}
			return "action " + answer.path("action").asInt() + " code " + answer.path("error").path("code").asInt(0);
		}
		catch (AssertionError ex) {
			return "no answer";
		}
	}

	private String named(AppKey key, String revocationKey) {
		Instant iat = Instant.now().minusSeconds(5);
		return jwt(key, (jwt) -> {
			jwt.withIssuedAt(iat).withClaim("x-ably-clientId", "ann");
			if (!revocationKey.isEmpty()) {
				jwt.withClaim("x-ably-revocation-key", revocationKey);
			}
		});
	}

	/** A JWT that is in order, but for what is changed. */
	private String jwt(AppKey key, Consumer<JWTCreator.Builder> change) {
		Instant iat = Instant.now().minusSeconds(5);
		JWTCreator.Builder jwt = JWT.create()
			.withKeyId(name(key))
			.withIssuedAt(iat)
			.withExpiresAt(iat.plusSeconds(600))
			.withClaim("x-ably-capability", "{\"*\":[\"*\"]}");
		change.accept(jwt);
		return jwt.sign(Algorithm.HMAC256(secret(key)));
	}

	private String name(AppKey key) {
		return this.ably.key(key).substring(0, this.ably.key(key).indexOf(':'));
	}

	private String secret(AppKey key) {
		return this.ably.key(key).substring(this.ably.key(key).indexOf(':') + 1);
	}

}
