package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.ablyauth.TestServer;
import dev.ablyauth.session.SessionServer;

/**
 * The whole server beside a session service that behaves as a test says.
 */
final class SituationServer implements AutoCloseable {

	private final SessionServer service;

	private final TestServer server;

	private SituationServer(SessionServer service, TestServer server) {
		this.service = service;
		this.server = server;
	}

	/** Users of the opaque tokens have the prefix op-. */
	static SituationServer introspection() {
		SessionServer service = SessionServer.start(SessionServer.silent());
		String name = "ably-auth.sessions.introspection[0].";
		return new SituationServer(service,
				TestServer.start(name + "uri=" + service.uri("/introspect"), name + "client-id=ably-auth",
						name + "client-secret=canary-client-secret", name + "user-id-prefix=op-"));
	}

	/** Users of the app have no prefix, those of the app's JWTs have jwt-. */
	static SituationServer forward(String... more) {
		SessionServer service = SessionServer.start(SessionServer.silent());
		List<String> settings = new ArrayList<>(List.of("ably-auth.sessions.forward.url=" + service.uri("/me"),
				"ably-auth.sessions.jwt[0].user-id-prefix=jwt-"));
		settings.addAll(Arrays.asList(more));
		return new SituationServer(service, TestServer.start(settings.toArray(String[]::new)));
	}

	SessionServer service() {
		return this.service;
	}

	TestServer server() {
		return this.server;
	}

	HttpResponse<String> get(String... headers) {
		return Http.get(this.server.uri("/api/ably-jwt"), headers);
	}

	HttpResponse<String> bearer(String token) {
		return get("Authorization", "Bearer " + token);
	}

	@Override
	public void close() {
		this.server.close();
		this.service.close();
	}

}
