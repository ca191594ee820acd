package dev.ablyauth.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.revocation.Revocations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The door for the app, when it says by a signed webhook that a session has ended.
 */
@RestController
class WebhookController {

	static final String PATH = "/logout/webhook";

	private static final String AUTHOR = "webhook";

	private static final int MAX_BYTES = 16 * 1024;

	private static final JsonMapper JSON = new JsonMapper();

	private final WebhookSignatures signatures;

	private final Logouts logouts;

	private final LogoutAudit audit;

	private final DenialAnswers answers;

	WebhookController(WebhookSignatures signatures, Logouts logouts, LogoutAudit audit, DenialAnswers answers) {
		this.signatures = signatures;
		this.logouts = logouts;
		this.audit = audit;
		this.answers = answers;
	}

	@PostMapping(PATH)
	void end(HttpServletRequest request, HttpServletResponse response) throws IOException {
		try {
			String id = header(request, "webhook-id");
			EndedSession ended = read(request, id);
			Revocations.Denied denied = this.logouts.end(AUTHOR, id, ended.sessionId(), ended.userId());
			this.audit.ended(request, denied, ended.userId());
			write(response, denied);
		}
		catch (Refused refused) {
			this.audit.refused(request, refused);
			Problem.of(refused).write(request, response);
		}
	}

	/** Nothing of the body is looked at before it is known who wrote it. */
	private EndedSession read(HttpServletRequest request, String id) {
		String timestamp = header(request, "webhook-timestamp");
		String signature = header(request, "webhook-signature");
		this.signatures.checkHeaders(id, timestamp);
		byte[] body = JsonBodies.bytes(request, MAX_BYTES);
		this.signatures.check(id, timestamp, signature, body);
		if (!JsonBodies.isJson(request)) {
			throw new Refused(Reason.INVALID_REQUEST, "Content-Type: must be application/json.");
		}
		return EndedSession.read(body);
	}

	private static String header(HttpServletRequest request, String name) {
		List<String> values = Collections.list(request.getHeaders(name));
		if (values.size() != 1) {
			throw new Refused(Reason.INVALID_LOGOUT, name + ": must be there once.");
		}
		return values.get(0);
	}

	private void write(HttpServletResponse response, Revocations.Denied denied) throws IOException {
		byte[] body = JSON.writeValueAsString(this.answers.members(denied)).getBytes(StandardCharsets.UTF_8);
		response.setContentType("application/json");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

}
