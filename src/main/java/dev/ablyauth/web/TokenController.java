package dev.ablyauth.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.issuing.Asked;
import dev.ablyauth.issuing.IssuedToken;
import dev.ablyauth.issuing.TokenIssuer;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.session.AppUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
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
	void jwt(HttpServletRequest request, HttpServletResponse response) throws IOException {
		issue(Asked.JWT, request, response);
	}

	@RequestMapping("/ably-token-request")
	void tokenRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		issue(Asked.TOKEN_REQUEST, request, response);
	}

	@RequestMapping({ "/ably-token", "/auth/token" })
	void token(HttpServletRequest request, HttpServletResponse response) throws IOException {
		issue(Asked.ANY, request, response);
	}

	private void issue(Asked asked, HttpServletRequest request, HttpServletResponse response) throws IOException {
		AppUser user = this.users.of(request)
			.orElseThrow(() -> new Refused(Reason.NO_SESSION, "No session of the app came with the request."));
		this.limits.user(user);
		String origin = Objects.requireNonNullElse(request.getHeader(HttpHeaders.ORIGIN), "");
		RequestFacts facts = new RequestFacts(this.addresses.of(request), origin, this.clock.instant());
		answer(this.issuer.issue(user, asked, this.params.read(request), facts), response);
	}

	/** Without a converter of Spring: the bytes are there, whatever a client accepts. */
	private static void answer(IssuedToken issued, HttpServletResponse response) throws IOException {
		if (issued.narrowed()) {
			response.setHeader("X-Ably-Auth-Narrowed", "true");
		}
		byte[] body = (issued.credential() instanceof TokenRequest tokenRequest) ? JSON.writeValueAsBytes(tokenRequest)
				: issued.token().getBytes(StandardCharsets.US_ASCII);
		response.setContentType(switch (issued.format()) {
			case JWT -> "application/jwt";
			case TOKEN_REQUEST -> "application/json";
			case ABLY_TOKEN -> "text/plain";
		});
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

}
