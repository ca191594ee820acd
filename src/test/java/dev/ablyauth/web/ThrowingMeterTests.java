package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.ablyauth.TestServer;
import dev.ablyauth.issuing.ForgivingListener;
import dev.ablyauth.issuing.LogLines;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A registry of meters that throws costs nobody a token. An audit line that is required
 * and not written does.
 */
class ThrowingMeterTests {

	private static final Set<String> SPOILT = Set.of("tokens.issued", "tokens.refused", "tokens.rules", "limits.hit");

	private static TestServer start(String... settings) {
		TestServer server = TestServer.start(AdminTokens.settings(settings));
		server.bean(MeterRegistry.class).config().meterFilter(new MeterFilter() {
			@Override
			public Meter.Id map(Meter.Id id) {
				if (SPOILT.contains(id.getName())) {
					throw new IllegalStateException("on purpose");
				}
				return id;
			}
		});
		return server;
	}

	private static HttpResponse<String> ask(TestServer server, String session) {
		return Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + session);
	}

	@Test
	void tokenWhenMetersThrowThenIssuedOrRefusedAllTheSameAndSaidOnce() {
		try (TestServer server = start("ably-auth.rate-limit.per-user=3/1h");
				LogLines log = new LogLines(ForgivingListener.class)) {
			for (int i = 0; i < 3; i++) {
				Answers.assertJwt(ask(server, TestServer.ann()));
			}
			Answers.assertRefused(ask(server, TestServer.ann()), 503, 50004);
			Answers.assertRefused(ask(server, TestServer.session("eve", Map.of("suspended", true))), 403, 40300);
			HttpResponse<String> minted = Http.post(server.uri("/admin/tokens"), "{\"user\":{\"id\":\"bob\"}}",
					"Content-Type", "application/json", "Authorization", "Bearer " + AdminTokens.ALL);
			assertThat(minted.statusCode()).as(minted.body()).isEqualTo(200);
			assertThat(log.of(Level.ERROR)).containsExactly("Decisions are not counted, and hold all the same");
		}
	}

	@Test
	void tokenWhenTheAuditIsRequiredAndNotWrittenThen503() {
		Logger audit = (Logger) LoggerFactory.getLogger("audit");
		try (TestServer server = start("ably-auth.audit.required=true")) {
			Answers.assertJwt(ask(server, TestServer.ann()));
			audit.setLevel(Level.OFF);
			Answers.assertRefused(ask(server, TestServer.ann()), 503, 50005);
		}
		finally {
			audit.setLevel(Level.INFO);
		}
	}

}
