package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import dev.ablyauth.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Guests of whom an admin speaks.
 */
class AdminGuestTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String ID = "guest-AAAAAAAAAAAAAAAAAAAAAA";

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = GuestServer.start(AdminTokens.settings());
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	/** As a signed-in person, the guest would get what people who sign in get. */
	@Test
	void tokensWhenTheUserIsAGuestThenByTheRulesOfGuests() {
		JsonNode answer = ok("/admin/tokens",
				Map.of("user", Map.of("id", ID, "guest", true, "claims", Map.of("guestId", ID))));
		assertThat(answer.get("clientId").asString()).isEqualTo(ID);
		assertThat(answer.get("capability").asString())
			.isEqualTo("{\"box:" + ID + "\":[\"publish\",\"subscribe\"],\"live\":[\"subscribe\"]}");
	}

	@Test
	void explainWhenAGuestTokenIsPastedThenTheGuest() {
		GuestServer.Guest guest = GuestServer.admit(server);
		JsonNode answer = ok("/admin/explain", Map.of("session", guest.token()));
		assertThat(answer.get("granted").asBoolean()).isTrue();
		assertThat(answer.get("given").toString()).contains("box:" + guest.id()).doesNotContain("notify:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/admin/tokens", "/admin/explain" })
	void userWhenTheIdIsOneOfGuestsAndTheUserIsNoneThenInvalid(String path) {
		HttpResponse<String> answer = post(path, Map.of("user", Map.of("id", ID, "roles", List.of("member"))));
		assertThat(Answers.assertProblem(answer, 400, "invalid-request")).contains("a guest needs \"guest\": true");
	}

	private static JsonNode ok(String path, Map<String, ?> body) {
		HttpResponse<String> answer = post(path, body);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return JSON.readTree(answer.body());
	}

	private static HttpResponse<String> post(String path, Map<String, ?> body) {
		return Http.post(server.uri(path), JSON.writeValueAsString(body), "Authorization", "Bearer " + AdminTokens.ALL,
				"Content-Type", "application/json");
	}

}
