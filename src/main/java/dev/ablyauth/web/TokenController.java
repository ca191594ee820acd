package dev.ablyauth.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

import dev.ablyauth.ably.AblyJwt;
import dev.ablyauth.ably.AblyToken;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.issuing.Asked;
import dev.ablyauth.issuing.IssuedToken;
import dev.ablyauth.issuing.TokenIssuer;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.session.AppUser;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * The door for tokens, as Ably's SDKs call it by authUrl. Decides nothing. Spec: RSA8c.
 */
@RestController
@RequestMapping(path = "${ably-auth.token.base-path:/api}", method = { RequestMethod.GET, RequestMethod.POST })
class TokenController {

	private static final MediaType JWT = new MediaType("application", "jwt");

	private static final JsonMapper JSON = new JsonMapper();

	/** Where it is, below the base path. */
	static final List<String> PATHS = List.of("/ably-jwt", "/ably-token-request", "/ably-token", "/auth/token");

	private final TokenIssuer issuer;

	private final CurrentUser users;

	private final CallLimits limits;

	private final TokenParamsReader params;

	private final ClientAddresses addresses;

	private final Clock clock;

	TokenController(TokenIssuer issuer, CurrentUser users, CallLimits limits, TokenParamsReader params,
			ClientAddresses addresses, Clock clock) {
		this.issuer = issuer;
		this.users = users;
		this.limits = limits;
		this.params = params;
		this.addresses = addresses;
		this.clock = clock;
	}

	@RequestMapping("/ably-jwt")
	ResponseEntity<byte[]> jwt(HttpServletRequest request) {
		return issue(Asked.JWT, request);
	}

	@RequestMapping("/ably-token-request")
	ResponseEntity<byte[]> tokenRequest(HttpServletRequest request) {
		return issue(Asked.TOKEN_REQUEST, request);
	}

	@RequestMapping({ "/ably-token", "/auth/token" })
	ResponseEntity<byte[]> token(HttpServletRequest request) {
		return issue(Asked.ANY, request);
	}

	private ResponseEntity<byte[]> issue(Asked asked, HttpServletRequest request) {
		AppUser user = this.users.of(request)
			.orElseThrow(() -> new Refused(Reason.NO_SESSION, "No session of the app came with the request."));
		this.limits.user(user);
		String origin = Objects.requireNonNullElse(request.getHeader(HttpHeaders.ORIGIN), "");
		RequestFacts facts = new RequestFacts(this.addresses.of(request), origin, this.clock.instant());
		return answer(this.issuer.issue(user, asked, this.params.read(request), facts));
	}

	private static ResponseEntity<byte[]> answer(IssuedToken issued) {
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
		if (issued.narrowed()) {
			answer.header("X-Ably-Auth-Narrowed", "true");
		}
		if (issued.credential() instanceof TokenRequest tokenRequest) {
			return answer.contentType(MediaType.APPLICATION_JSON).body(JSON.writeValueAsBytes(tokenRequest));
		}
		if (issued.credential() instanceof AblyToken opaque) {
			return answer.contentType(MediaType.TEXT_PLAIN).body(ascii(opaque.token()));
		}
		return answer.contentType(JWT).body(ascii(((AblyJwt) issued.credential()).token()));
	}

	private static byte[] ascii(String token) {
		return token.getBytes(StandardCharsets.US_ASCII);
	}

}
