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
 * The two REST calls that matter to tokens: the time, and the exchange of a TokenRequest.
 */
final class RestServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private static final Pattern REQUEST_TOKEN = Pattern.compile("/keys/([^/]+)/requestToken");

	private final transient TokenDesk desk;

	private final transient Journal journal;

	private final transient Clock clock;

	RestServlet(TokenDesk desk, Journal journal, Clock clock) {
		this.desk = desk;
		this.journal = journal;
		this.clock = clock;
	}

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (request.getServletPath().equals("/time")) {
			answer(response, 200, Json.MAPPER.createArrayNode().add(this.clock.millis()));
			return;
		}
		refuse(response, new Refused(40400, 404, "Not found").at("rest"));
	}

	@Override
	protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Matcher path = REQUEST_TOKEN.matcher(request.getServletPath());
		if (!path.matches()) {
			refuse(response, new Refused(40400, 404, "Not found").at("rest"));
			return;
		}
		try {
			String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			answer(response, 201, this.desk.exchange(path.group(1), body));
		}
		catch (Refused ex) {
			refuse(response, this.journal.refuse("requestToken", ex));
		}
	}

	private static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
		response.setHeader("X-Ably-ErrorCode", Integer.toString(refusal.code()));
		response.setHeader("X-Ably-ErrorMessage", refusal.message());
		answer(response, refusal.statusCode(), Json.object().set("error", Json.error(refusal)));
	}

	private static void answer(HttpServletResponse response, int status, JsonNode body) throws IOException {
		response.setStatus(status);
		response.setHeader("Content-Type", "application/json");
		response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
	}

}
