package dev.ablyauth.standin;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes apps for whoever asks and deletes them, as Ably's sandbox does for the tests of
 * SDKs. Source: test-resources/test-app-setup.json in ably-common, and the test helpers
 * of ably-js and ably-java.
 */
final class AppDesk {

	/** Where Ably's documents show what a new key may do. */
	private static final String EVERYTHING = "{\"*\":[\"*\"]}";

	private final SecureRandom random = new SecureRandom();

	private final StandInKeys keys;

	AppDesk(StandInKeys keys) {
		this.keys = keys;
	}

	/** POST /apps, without any credentials. */
	ObjectNode create(JsonNode setup) {
		String appId = noise(6);
		ArrayNode made = Json.MAPPER.createArrayNode();
		setup.path("keys").forEach((key) -> made.add(create(appId, key)));
		ObjectNode app = Json.object().put("accountId", noise(6)).put("appId", appId);
		app.set("keys", made);
		return app.set("namespaces", setup.path("namespaces"));
	}

	private ObjectNode create(String appId, JsonNode wanted) {
		String capability = wanted.path("capability").asString(EVERYTHING);
		boolean revocable = wanted.path("revocableTokens").asBoolean(false);
		StandInKey key = new StandInKey(appId + "." + noise(6), noise(43), StandInCapability.parse(capability),
				revocable);
		this.keys.add(key);
		return Json.object()
			.put("keyName", key.name())
			.put("keySecret", key.secret())
			.put("keyStr", key.name() + ":" + key.secret())
			.put("capability", capability)
			.put("status", 0);
	}

	/** DELETE /apps/{appId}, with a key of the app. */
	void delete(String appId, RestCall call) {
		if (!StandInKeys.appId(this.keys.authenticated(call.basic()).name()).equals(appId)) {
			throw new Refused(40101, 401, "The key is of another app");
		}
		this.keys.removeApp(appId);
	}

	List<String> apps() {
		return this.keys.apps();
	}

	private String noise(int length) {
		byte[] bytes = new byte[length];
		this.random.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).substring(0, length);
	}

}
