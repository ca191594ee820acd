package dev.ablyauth.embedded;

import java.net.http.HttpResponse;

import com.example.sampleapp.SampleApp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limits inside of another app, which cannot be got around by its own chain.
 */
class EmbeddedLimitTests {

	private static final String POLICY = "rules: [{name: r, grant: [{channel: \"notify:{user.id}\", operations: [subscribe]}]}]";

	@ParameterizedTest
	@ValueSource(strings = { "per-user", "per-address", "total" })
	void tokenWhenAskedTooOftenThen503(String limit) {
		try (RunningApp app = RunningApp.start(SampleApp.class, POLICY, "ably-auth.rate-limit." + limit + "=1/1h")) {
			app.logIn("ann");
			assertThat(app.get("/api/ably-jwt").statusCode()).isEqualTo(200);
			HttpResponse<String> refused = app.get("/api/ably-jwt");
			assertThat(refused.statusCode()).isEqualTo(503);
			assertThat(refused.headers().firstValue("X-Ably-ErrorCode")).contains("50004");
		}
	}

}
