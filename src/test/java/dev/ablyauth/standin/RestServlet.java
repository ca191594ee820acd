package dev.ablyauth.standin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.JsonNode;

/**
 * The REST calls that the tests need: the time and the exchange of a TokenRequest without
 * a token, history and Chat with one.
 */
final class RestServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private static final Pattern ON_A_KEY = Pattern.compile("/keys/([^/]+)/(requestToken|revokeTokens)");

	private final transient TokenDesk desk;

	private final transient ResourceDesk resources;

	private final transient RevocationDoor revoking;

	private final transient AppDesk apps;

	private final transient Journal journal;

	private final transient Clock clock;

	RestServlet(TokenDesk desk, ResourceDesk resources, RevocationDoor revoking, AppDesk apps, Journal journal,
			Clock clock) {
		this.desk = desk;
		this.resources = resources;
		this.revoking = revoking;
		this.apps = apps;
		this.journal = journal;
		this.clock = clock;
	}

	@Override
	protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
		RestCall call = new RestCall(request);
		Matcher onKey = ON_A_KEY.matcher(call.path());
		boolean keyed = onKey.matches() && call.method().equals("POST");
		if (keyed && onKey.group(2).equals("revokeTokens")) {
			this.revoking.answer(onKey.group(1), call, response);
			return;
		}
		try {
			if (call.path().equals("/time")) {
				answer(response, 200, Json.MAPPER.createArrayNode().add(this.clock.millis()));
			}
			else if (call.path().equals("/apps") && call.method().equals("POST")) {
				answer(response, 201, this.apps.create(call.json()));
			}
			else if (call.path().startsWith("/apps/") && call.method().equals("DELETE")) {
				this.apps.delete(call.path().substring("/apps/".length()), call);
				response.setStatus(204);
			}
			else if (keyed) {
				answer(response, 201, this.desk.exchange(onKey.group(1), call.body()));
			}
			else {
				JsonNode resource = this.resources.answer(call);
				if (resource.isArray()) {
					response.setHeader("Link", onlyPage(call.path()));
				}
				answer(response, call.method().equals("POST") ? 201 : 200, resource);
			}
		}
		catch (Refused ex) {
			refuse(response, this.journal.refuse(keyed ? "requestToken" : "rest", ex));
		}
	}

	/** The links of a page that is the first one and has no next. Spec: TG6, TG7. */
	private static String onlyPage(String path) {
		String here = "<./" + path.substring(path.lastIndexOf('/') + 1) + "?direction=backwards>";
		return here + "; rel=\"first\", " + here + "; rel=\"current\"";
	}

	static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
		response.setHeader("X-Ably-ErrorCode", Integer.toString(refusal.code()));
		response.setHeader("X-Ably-ErrorMessage", refusal.message());
		answer(response, refusal.statusCode(), Json.object().set("error", Json.error(refusal)));
	}

	static void answer(HttpServletResponse response, int status, JsonNode body) throws IOException {
		response.setStatus(status);
		response.setHeader("Content-Type", "application/json");
		response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
	}

}
