package dev.ablyauth.sdk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.Level;
import com.auth0.jwt.JWT;
import dev.ablyauth.Skip;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.IssuedBefore;
import dev.ablyauth.ably.RecentRevocations;
import dev.ablyauth.ably.Revocation;
import dev.ablyauth.ably.TargetSpecifier;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.standin.AblyJsClient;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.NodeModules;
import dev.ablyauth.standin.Refusal;
import dev.ablyauth.standin.StandInSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ablyauth.sdk.SdkServers.SOON;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ably-js does when the permissions of its user have changed and its tokens are
 * revoked, and nobody is denied.
 */
class RevokedClientTests {

	private static final Duration MARGIN = Duration.ofSeconds(3);

	private static final Duration QUIET = Duration.ofSeconds(3);

	private static final ClientId ANN = ClientId.of("ann");

	private final AtomicReference<@Nullable IssuedBefore> revoked = new AtomicReference<>();

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private Path folder;

	private AblyStandIn ably;

	private TestServer server;

	private AblyJsClient client;

	@BeforeEach
	void start() throws IOException {
		Optional<Path> modules = NodeModules.folder();
		Skip.unless(modules.isPresent(), "no node and npm here, so ably-js cannot run");
		this.ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.revocable().margin(MARGIN));
		this.server = TestServer.startWith(this::known, "ably-auth.policy=file:" + policy(TestServer.POLICY),
				"ably-auth.keys[0].revocable-tokens=true",
				"ably-auth.ably.rest-url=http://127.0.0.1:" + this.ably.port());
		this.client = AblyJsClient.start(modules.orElseThrow());
	}

	private RecentRevocations.Known known() {
		IssuedBefore second = this.revoked.get();
		return (clientId, key) -> clientId.equals(ANN) ? second : null;
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
	void revokeWhenPermissionsChangedThenBackWithTheNewOnesAfterOneOrTwoCalls() throws Exception {
		connect("echoMessages", true);
		changePermissions();
		try (LogLines audit = new LogLines("audit")) {
			IssuedBefore second = IssuedBefore.next(Instant.now());
			this.revoked.set(second);
			await(second);
			revoke(second, false);
			assertThat(this.client.awaitState("disconnected", SOON).path("reason").path("code").asInt())
				.isEqualTo(40141);
			this.client.awaitState("connected", SOON);
			assertNewPermissions();
			Thread.sleep(QUIET.toMillis());
			assertThat(audit.of(Level.INFO)).hasSizeBetween(1, 2);
			assertThat(refusals("connect")).isEmpty();
			assertThat(this.ably.connections()).isEqualTo(1);
		}
	}

	@Test
	void revokeWhenAMarginIsAllowedThenRenewedWithoutADisconnection() throws Exception {
		connect("echoMessages", true);
		changePermissions();
		try (LogLines audit = new LogLines("audit")) {
			IssuedBefore second = IssuedBefore.next(Instant.now());
			this.revoked.set(second);
			await(second);
			revoke(second, true);
			this.client.awaitEvent("update");
			assertNewPermissions();
			Thread.sleep(MARGIN.plus(QUIET).toMillis());
			assertThat(audit.of(Level.INFO)).hasSize(1);
			assertThat(refusals("connected")).isEmpty();
			assertThat(this.ably.connections()).isEqualTo(1);
		}
	}

	@Test
	void askWhenTheRevocationBeginsWithinASecondThenTheTokenIsHeldBackAndHolds() throws Exception {
		IssuedBefore second = IssuedBefore.next(Instant.now());
		String before = token();
		this.revoked.set(second);
		String heldBack = token();
		assertThat(Instant.now()).isAfterOrEqualTo(second.second());
		revoke(second, false);
		assertThat(historyStatus(before)).isEqualTo(401);
		assertThat(historyStatus(heldBack)).isEqualTo(200);
	}

	/** The trap: iat is set back by two seconds. */
	@Test
	void revokeWhenTheServerDoesNotKnowOfItThenItsTokensAreRefusedForTwoSeconds() throws Exception {
		connect("disconnectedRetryTimeout", 300);
		changePermissions();
		try (LogLines audit = new LogLines("audit")) {
			IssuedBefore second = IssuedBefore.next(Instant.now());
			await(second);
			long start = System.nanoTime();
			revoke(second, false);
			this.client.awaitState("connected", SOON);
			Duration away = Duration.ofNanos(System.nanoTime() - start);
			assertThat(away).isGreaterThan(Duration.ofMillis(1900));
			assertThat(refusals("connect")).isNotEmpty()
				.allSatisfy((refusal) -> assertThat(refusal.code()).isEqualTo(40141));
			assertThat(audit.of(Level.INFO)).hasSizeGreaterThan(2);
		}
	}

	/** Ably refuses a time in the future. */
	private static void await(IssuedBefore second) throws InterruptedException {
		Thread.sleep(second.early(Instant.now()).plusMillis(1).toMillis());
	}

	private void connect(String option, Object value) {
		this.client.connectByAuthUrl(this.ably.address(), this.server.uri("/api/ably-jwt"),
				Map.of("authHeaders", SdkServers.annsHeaders(), option, value));
		this.client.awaitState("connected", SOON);
		this.client.awaitAttached("notify:ann");
	}

	private void changePermissions() throws Exception {
		policy(TestServer.POLICY.replace("notify:", "mailbox:"));
		Instant end = Instant.now().plus(SOON);
		while (!capability().contains("mailbox:ann")) {
			assertThat(Instant.now()).isBefore(end);
			Thread.sleep(100);
		}
		this.client.forgetEvents();
	}

	private String capability() throws IOException, InterruptedException {
		return JWT.decode(token()).getClaim("x-ably-capability").asString();
	}

	private String token() throws IOException, InterruptedException {
		return get(this.server.uri("/api/ably-jwt"), "Bearer " + TestServer.ann()).body();
	}

	private int historyStatus(String token) throws IOException, InterruptedException {
		String bearer = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.US_ASCII));
		URI history = URI.create("http://127.0.0.1:" + this.ably.port() + "/channels/notify:ann/messages");
		return get(history, "Bearer " + bearer).statusCode();
	}

	private HttpResponse<String> get(URI uri, String authorization) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(uri).header("Authorization", authorization).build();
		return this.http.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private Path policy(String yaml) throws IOException {
		Path next = Files.writeString(this.folder.resolve("new"), yaml);
		return Files.move(next, this.folder.resolve("policy.yml"), StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
	}

	private void revoke(IssuedBefore second, boolean allowReauthMargin) {
		Revocation revocation = new Revocation(List.of(TargetSpecifier.of(ANN)), second, allowReauthMargin);
		assertThat(this.server.revokers().get(0).revoke(revocation).complete()).isTrue();
	}

	private void assertNewPermissions() {
		this.client.awaitAttached("mailbox:ann");
		// The channel that was attached has failed by itself.
		assertThat(this.client.attachErrorCode("notify:ann")).isIn(40160, 90001);
		assertThat(refusals("attach")).isNotEmpty()
			.allSatisfy((refusal) -> assertThat(refusal.code()).isEqualTo(40160));
	}

	private List<Refusal> refusals(String where) {
		return this.ably.refused().stream().filter((refusal) -> refusal.where().equals(where)).toList();
	}

}
