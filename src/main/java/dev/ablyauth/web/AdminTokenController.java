package dev.ablyauth.web;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.issuing.Asked;
import dev.ablyauth.issuing.DecisionListener;
import dev.ablyauth.issuing.Embedding;
import dev.ablyauth.issuing.IssuedToken;
import dev.ablyauth.issuing.TokenIssuer;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.session.AppUser;
import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The door for the app's own servers, which get a token for a user of theirs. The policy
 * decides as it always does.
 */
@RestController
class AdminTokenController {

	private static final JsonMapper JSON = new JsonMapper();

	/** The session kind of users whom an admin named. */
	private static final String MINTED = "admin";

	private final TokenIssuer issuer;

	private final Embedding embedding;

	private final AdminUsers users;

	private final AdminBodies bodies;

	private final ClientAddresses addresses;

	private final DecisionListener listener;

	private final Clock clock;

	AdminTokenController(TokenIssuer issuer, Embedding embedding, AdminUsers users, AdminBodies bodies,
			ClientAddresses addresses, DecisionListener listener, Clock clock) {
		this.issuer = issuer;
		this.embedding = embedding;
		this.users = users;
		this.bodies = bodies;
		this.addresses = addresses;
		this.listener = listener;
		this.clock = clock;
	}

	@PostMapping("/admin/tokens")
	Map<String, Object> issue(HttpServletRequest request) {
		try {
			return issued(request);
		}
		catch (Refused refused) {
			this.listener.refused(refused, MINTED);
			throw refused;
		}
	}

	private Map<String, Object> issued(HttpServletRequest request) {
		JsonNode body = this.bodies.read(request, "user", "wish", "format", "embed");
		AppUser user = this.users.user(body.path("user")).of(MINTED);
		request.setAttribute(AdminAuditFilter.USER, user.id());
		RequestFacts facts = new RequestFacts(this.addresses.of(request),
				Objects.requireNonNullElse(request.getHeader("Origin"), ""), this.clock.instant());
		JsonNode embed = body.path("embed");
		boolean embedded = embed.isObject() || embed.asBoolean(false);
		Asked asked = embedded ? this.embedding.asked(asked(body)) : asked(body);
		this.embedding.check(claims(embed));
		IssuedToken issued = this.issuer.issue(user, asked, this.users.wish(body), facts);
		request.setAttribute(AdminAuditFilter.TOKEN, issued.id());
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("format", embedded ? "embedded" : issued.format().toString());
		if (embedded) {
			answer.put("token", this.embedding.embed(issued, user, claims(embed), facts.now()));
		}
		else if (issued.credential() instanceof TokenRequest tokenRequest) {
			answer.put("tokenRequest", tokenRequest);
		}
		else {
			answer.put("token", issued.token());
		}
		answer.put("expires", issued.expires().toString());
		answer.put("clientId", issued.grant().clientId().value());
		answer.put("capability", issued.grant().capability().text());
		answer.put("narrowed", issued.narrowed());
		return answer;
	}

	@SuppressWarnings("unchecked") // the names of JSON members are texts
	private static Map<String, Object> claims(JsonNode embed) {
		return embed.isObject() ? JSON.treeToValue(embed, Map.class) : Map.of();
	}

	/** Reads {@code format}; absent: whichever fits. */
	static Asked asked(JsonNode body) {
		JsonNode wanted = body.path("format");
		String format = wanted.isMissingNode() ? "any" : wanted.asString("");
		return switch (format) {
			case "any", "jwt", "token-request", "ably-token" ->
				Asked.valueOf(format.toUpperCase(Locale.ROOT).replace('-', '_'));
			default -> throw AdminUsers.invalid("format: must be jwt, token-request, ably-token or any.");
		};
	}

}
