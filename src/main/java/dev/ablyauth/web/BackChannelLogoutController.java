package dev.ablyauth.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.revocation.Revocations;
import dev.ablyauth.session.LogoutToken;
import dev.ablyauth.session.LogoutTokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The door for issuers that say which sessions have ended. OpenID Connect Back-Channel
 * Logout 1.0 2.5 and 2.8.
 */
@RestController
class BackChannelLogoutController {

	static final String PATH = "/logout/back-channel";

	private static final JsonMapper JSON = new JsonMapper();

	private final LogoutTokens tokens;

	private final Logouts logouts;

	private final LogoutAudit audit;

	BackChannelLogoutController(LogoutTokens tokens, Logouts logouts, LogoutAudit audit) {
		this.tokens = tokens;
		this.logouts = logouts;
		this.audit = audit;
	}

	/** Answers with nothing but the status, as 2.8 wants it. */
	@PostMapping(PATH)
	void end(HttpServletRequest request, HttpServletResponse response) throws IOException {
		try {
			LogoutToken token = this.tokens.read(FormBodies.only(request, "logout_token"));
			Revocations.Denied denied = this.logouts.end("logout:" + token.issuer(), token.id(), token.sessionId(),
					token.userId());
			this.audit.ended(request, denied, token.userId());
		}
		catch (Refused refused) {
			this.audit.refused(request, refused);
			write(response, refused);
		}
	}

	/** A token that came before is one that is not valid: 2.6, step 7. */
	private static void write(HttpServletResponse response, Refused refused) throws IOException {
		boolean down = refused.reason().status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE;
		if (down) {
			response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(RefusalWriter.RETRY_AFTER_SECONDS));
		}
		response.setStatus((refused.reason() == Reason.LOGOUT_REPEATED) ? HttpServletResponse.SC_BAD_REQUEST
				: refused.reason().status());
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("error", down ? "temporarily_unavailable" : "invalid_request");
		members.put("error_description", refused.getMessage());
		byte[] body = JSON.writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
		response.setContentType("application/json");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

}
