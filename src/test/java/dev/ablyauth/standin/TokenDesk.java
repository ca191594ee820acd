package dev.ablyauth.standin;

import java.time.Clock;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Exchanges a TokenRequest for TokenDetails.
 */
final class TokenDesk {

	private final TokenRequestCheck requests;

	private final OpaqueTokens tokens;

	private final Clock clock;

	TokenDesk(TokenRequestCheck requests, OpaqueTokens tokens, Clock clock) {
		this.requests = requests;
		this.tokens = tokens;
		this.clock = clock;
	}

	ObjectNode exchange(String keyName, String body) {
		JsonNode request = Json.readObject(body, () -> new Refused(40001, 400, "The body is not a JSON object"));
		StandInKey key = this.requests.verify(keyName, request);
		StandInCapability capability = TokenRequestCheck.capability(request, key);
		Instant issued = this.clock.instant();
		Instant expires = issued.plus(TokenRequestCheck.ttl(request, key));
		String text = this.tokens.newText(keyName);
		ObjectNode details = Json.object()
			.put("token", text)
			.put("keyName", keyName)
			.put("issued", issued.toEpochMilli())
			.put("expires", expires.toEpochMilli())
			.put("capability", capability.toString());
		String clientId = clientId(request);
		if (clientId != null) {
			details.put("clientId", clientId);
		}
		Credential credential = new Credential(Credential.Kind.OPAQUE, details.toString(), capability.toString(),
				clientId, keyName);
		this.tokens.remember(text, new VerifiedToken(credential, capability, issued, expires, null));
		return details;
	}

	private static @Nullable String clientId(JsonNode request) {
		return request.has("clientId") ? request.get("clientId").stringValue() : null;
	}

}
