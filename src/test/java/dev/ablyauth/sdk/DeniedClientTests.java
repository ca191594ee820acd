package dev.ablyauth.sdk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.ablyauth.Skip;
import dev.ablyauth.TestFiles;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.revocation.DenialId;
import dev.ablyauth.revocation.DenialWish;
import dev.ablyauth.revocation.Denials;
import dev.ablyauth.revocation.Progress;
import dev.ablyauth.revocation.RevocationState;
import dev.ablyauth.revocation.Revocations;
import dev.ablyauth.revocation.Target;
import dev.ablyauth.standin.AblyJsClient;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.NodeModules;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static dev.ablyauth.sdk.SdkServers.SOON;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ably-js does when its user was denied and revoked, and is let in again.
 */
class DeniedClientTests {

	private static final Duration QUIET = Duration.ofSeconds(3);

	private final String file = TestFiles.denyList();

	private Path modules;

	private AblyStandIn ably;

	private TestServer server;

	private AblyJsClient client;

	@BeforeEach
	void start() {
		Optional<Path> folder = NodeModules.folder();
		Skip.unless(folder.isPresent(), "no node and npm here, so ably-js cannot run");
		this.modules = folder.orElseThrow();
		this.ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.revocable());
		this.server = TestServer.start("ably-auth.deny-list.url=" + this.file,
				"ably-auth.keys[0].revocable-tokens=true",
				"ably-auth.ably.rest-url=http://127.0.0.1:" + this.ably.port());
		this.client = AblyJsClient.start(this.modules);
	}

	@AfterEach
	void stop() {
		if (this.ably != null) {
			this.client.close();
			this.server.close();
			this.ably.close();
		}
	}

	@Test
	void allowWhenBeforeTheRepeatThenBackAndNotThrownOut() throws InterruptedException {
		connect(this.client);
		RevocationState denied = deny();
		this.client.awaitState("failed", SOON);
		this.server.bean(Denials.class).allow(Objects.requireNonNull(denied.denial()), "olga");
		try (AblyJsClient again = AblyJsClient.start(this.modules)) {
			connect(again);
			assertThat(repeat(denied)).isInstanceOf(Progress.OnItsWay.class);
			letRepeatBeDue();
			Thread.sleep(QUIET.toMillis());
			assertThat(repeat(denied)).isEqualTo(new Progress.CalledOff());
			assertThat(this.ably.connections()).isEqualTo(1);
			assertThat(this.ably.revocations()).hasSize(1);
		}
	}

	@Test
	void allowWhenAfterTheRepeatThenBackWithATokenThatHolds() throws InterruptedException {
		connect(this.client);
		RevocationState denied = deny();
		this.client.awaitState("failed", SOON);
		letRepeatBeDue();
		this.ably.awaitRevocations(2);
		this.server.bean(Denials.class).allow(Objects.requireNonNull(denied.denial()), "olga");
		try (AblyJsClient again = AblyJsClient.start(this.modules)) {
			connect(again);
			Thread.sleep(QUIET.toMillis());
			assertThat(this.ably.connections()).isEqualTo(1);
			assertThat(this.ably.refused()).extracting((refusal) -> refusal.where()).doesNotContain("connect");
		}
	}

	private void connect(AblyJsClient js) {
		js.connectByAuthUrl(this.ably.address(), this.server.uri("/api/ably-jwt"),
				Map.of("authHeaders", SdkServers.annsHeaders()));
		js.awaitState("connected", SOON);
	}

	private RevocationState deny() {
		DenialWish wish = new DenialWish(new Target(Target.Kind.USER_ID, "ann"), "spam", "olga", null);
		return Objects.requireNonNull(this.server.bean(Revocations.class).deny(wish, List.of(), null).revocation());
	}

	private Progress repeat(RevocationState denied) {
		DenialId denial = Objects.requireNonNull(denied.denial());
		RevocationState now = this.server.bean(Revocations.class).find(denial).orElseThrow();
		return Objects.requireNonNull(now.targets().get(0).repeat());
	}

	/** It would be in four and a half minutes. */
	private void letRepeatBeDue() {
		JdbcClient.create(new DriverManagerDataSource(this.file))
			.sql("update ably_auth_revocation_target set repeat_due = 1 where repeat_due is not null")
			.update();
	}

}
