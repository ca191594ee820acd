package dev.ablyauth.keycloak;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The realm {@code app} with the client {@code my-app} and the user ann, made and changed
 * by Keycloak's admin REST API.
 */
final class Realm {

	static final String CLIENT = "my-app";

	static final String REDIRECT = "http://127.0.0.1/callback";

	static final String USER = "ann";

	static final String PASSWORD = "password-of-ann";

	private static final String KEYS = "org.keycloak.keys.KeyProvider";

	private static final JsonMapper JSON = new JsonMapper();

	private final Keycloak keycloak;

	Realm(Keycloak keycloak) {
		this.keycloak = keycloak;
	}

	/** Makes the realm. */
	void create() {
		Map<String, Object> audience = mapper("oidc-audience-mapper", "included.client.audience", CLIENT);
		Map<String, Object> team = Map.of("name", "team", "protocol", "openid-connect", "protocolMapper",
				"oidc-hardcoded-claim-mapper", "config", Map.of("claim.name", "team", "claim.value", "red",
						"jsonType.label", "String", "access.token.claim", "true"));
		Map<String, Object> client = Map.of("clientId", CLIENT, "publicClient", true, "standardFlowEnabled", true,
				"redirectUris", List.of(REDIRECT), "protocolMappers", List.of(audience, team));
		Map<String, Object> user = Map.of("username", USER, "enabled", true, "email", "ann@example.com",
				"emailVerified", true, "firstName", "Ann", "lastName", "Example", "realmRoles", List.of("member"),
				"credentials", List.of(Map.of("type", "password", "value", PASSWORD, "temporary", false)));
		send("POST", "/admin/realms",
				Map.of("realm", "app", "enabled", true, "accessTokenLifespan", 3600, "ssoSessionIdleTimeout", 7200,
						"roles", Map.of("realm", List.of(Map.of("name", "member"))), "users", List.of(user), "clients",
						List.of(client)));
	}

	private static Map<String, Object> mapper(String type, String setting, String value) {
		return Map.of("name", type, "protocol", "openid-connect", "protocolMapper", type, "config",
				Map.of(setting, value, "access.token.claim", "true"));
	}

	String issuer() {
		return this.keycloak.uri("/realms/app").toString();
	}

	/** From now on another key signs. */
	void addKey(String name, int priority) {
		send("POST", "/admin/realms/app/components",
				Map.of("name", name, "providerId", "rsa-generated", "providerType", KEYS, "config",
						Map.of("priority", List.of(String.valueOf(priority)), "enabled", List.of("true"), "active",
								List.of("true"), "keySize", List.of("2048"), "algorithm", List.of("RS256"))));
	}

	/** From now on the key is not published any more. */
	void disableKey(String name) {
		JsonNode found = JSON
			.readTree(send("GET", "/admin/realms/app/components?type=" + KEYS + "&name=" + name, null));
		assertThat(found).hasSize(1);
		ObjectNode config = (ObjectNode) found.get(0).get("config");
		config.putArray("enabled").add("false");
		config.putArray("active").add("false");
		send("PUT", "/admin/realms/app/components/" + found.get(0).get("id").asString(), found.get(0));
	}

	/** From now on the app hears of each session that has ended. */
	void sendLogoutsTo(URI uri) {
		JsonNode found = JSON.readTree(send("GET", "/admin/realms/app/clients?clientId=" + CLIENT, null));
		assertThat(found).hasSize(1);
		ObjectNode attributes = ((ObjectNode) found.get(0)).withObject("attributes");
		attributes.put("backchannel.logout.url", uri.toString());
		attributes.put("backchannel.logout.session.required", "true");
		send("PUT", "/admin/realms/app/clients/" + found.get(0).get("id").asString(), found.get(0));
	}

	/** As an admin does in the console. */
	void endSession(String id) {
		send("DELETE", "/admin/realms/app/sessions/" + id, null);
	}

	/** The kids that it publishes. */
	List<String> publishedKids() {
		String jwks = this.keycloak
			.send(HttpRequest.newBuilder(this.keycloak.uri("/realms/app/protocol/openid-connect/certs")).build())
			.body();
		return JSON.readTree(jwks).get("keys").valueStream().map((key) -> key.get("kid").asString()).toList();
	}

	private String send(String method, String path, @Nullable Object body) {
		HttpRequest.BodyPublisher publisher = (body != null)
				? HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))
				: HttpRequest.BodyPublishers.noBody();
		HttpResponse<String> answer = this.keycloak.send(HttpRequest.newBuilder(this.keycloak.uri(path))
			.header("Authorization", "Bearer " + adminToken())
			.header("Content-Type", "application/json")
			.method(method, publisher)
			.build());
		assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
		return answer.body();
	}

	private String adminToken() {
		HttpResponse<String> answer = this.keycloak
			.post(this.keycloak.uri("/realms/master/protocol/openid-connect/token"), Map.of("grant_type", "password",
					"client_id", "admin-cli", "username", Keycloak.ADMIN, "password", Keycloak.PASSWORD));
		return JSON.readTree(answer.body()).get("access_token").asString();
	}

}
