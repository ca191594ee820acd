package dev.ablyauth.session;

import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;

import com.nimbusds.jose.jwk.RSAKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionConfigurationTests {

	private static final RSAKey KEY = AppTokens.rsaKey("key-1");

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final SessionConfiguration configuration = new SessionConfiguration();

	private final ScheduledExecutorService keyRefresh = this.configuration.keyRefresh();

	private final JwtIssuers issuers = this.configuration.jwtIssuers(Clock.systemUTC(), this.keyRefresh, this.meters);

	private final JwksServer server = JwksServer.start(KEY);

	@AfterEach
	void close() {
		this.keyRefresh.shutdownNow();
		this.server.close();
	}

	@Test
	void appJwtSessionsThenKeysAreDiscoveredAndFetchedBeforeAnybodyAsks() {
		AppJwtSessions sessions = sessions("jwt[0].issuer=" + this.server.issuer());
		this.server.awaitRequest();
		this.server.awaitRequest();
		String token = AppTokens.rs256(this.server.issuer(), KEY).subject("ann").audience("my-app").token();
		assertThat(sessions.user(token)).map(AppUser::id).contains("ann");
		assertThat(this.server.discoveries()).isEqualTo(1);
		assertThat(this.server.fetches()).isEqualTo(1);
	}

	@Test
	void appJwtSessionsThenTheAgeOfTheKeysIsMeasured() {
		this.server.hold();
		sessions("jwt[0].issuer=" + this.server.issuer());
		assertThat(this.meters.get("jwks.stale").tag("issuer", this.server.issuer()).gauge().value()).isNegative();
	}

	/** The login service of the users is often that of the admins, too. */
	@Test
	void jwtIssuersWhenKeysAreInOnePlaceThenFetchedOnce() {
		AppJwtSessions users = sessions("jwt[0].issuer=" + this.server.issuer());
		AppJwtSessions admins = this.issuers
			.sessions(TestSessions.settings("jwt[0].issuer=" + this.server.issuer(), "jwt[0].audiences=admins").jwt());
		AppTokens token = AppTokens.rs256(this.server.issuer(), KEY).subject("ann");
		assertThat(users.user(token.audience("my-app").token())).isPresent();
		assertThat(admins.user(token.audience("admins").token())).isPresent();
		TestSessions.assertInvalid(admins, token.audience("my-app").token());
		assertThat(this.server.fetches()).isEqualTo(1);
		assertThat(this.meters.find("jwks.stale").gauges()).hasSize(1);
	}

	private AppJwtSessions sessions(String... lines) {
		String[] all = Arrays.copyOf(lines, lines.length + 1);
		all[lines.length] = "jwt[0].audiences=my-app";
		return this.configuration.appJwtSessions(TestSessions.settings(all), this.issuers);
	}

}
