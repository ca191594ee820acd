package dev.ablyauth.rest;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import ch.qos.logback.classic.Level;
import com.sun.net.httpserver.HttpServer;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.issuing.TestRequests;
import dev.ablyauth.session.MutableClock;
import dev.ablyauth.standin.AblyStandIn;
import io.ably.lib.realtime.AblyRealtime;
import io.ably.lib.realtime.ConnectionState;
import io.ably.lib.types.ClientOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Ably is asked, against the stand-in, which verifies all of it.
 */
class AblyRestApiTests {

	private static final String KEY_CAPABILITY = "{\"talk:*\":[\"publish\",\"subscribe\"]}";

	private final AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, KEY_CAPABILITY);

	private final AblyRestApi api = api(Clock.systemUTC());

	private final LogLines log = new LogLines(TokenRefusals.class);

	private AblyRestApi api(Clock clock) {
		return new AblyRestApi(URI.create("http://localhost:" + this.ably.port()), TestRequests.CAPABILITIES, clock);
	}

	@AfterEach
	void close() {
		this.log.close();
		this.api.close();
		this.ably.close();
	}

	@Test
	void redeemThenTheTokenConnectsAsTheClientItIsFor() throws Exception {
		String token = this.api.redeem(TestRequests.signed()).token();
		assertThat(token).startsWith("I2E_JQ.");
		ClientOptions options = new ClientOptions();
		options.token = token;
		options.realtimeHost = "localhost";
		options.port = this.ably.port();
		options.tls = false;
		options.useBinaryProtocol = false;
		try (AblyRealtime client = new AblyRealtime(options)) {
			this.ably.awaitAccepted(1);
			assertThat(client.connection.state).isIn(ConnectionState.connecting, ConnectionState.connected);
		}
		assertThat(this.ably.accepted()).singleElement().satisfies((credential) -> {
			assertThat(credential.clientId()).isEqualTo("ann");
			assertThat(Objects.requireNonNull(credential.capability())).isEqualTo("{\"talk:a\":[\"subscribe\"]}");
		});
	}

	@Test
	void clockOffsetThenHowFarAblysClockIsAhead() {
		assertThat(this.api.clockOffset().abs()).isLessThan(Duration.ofSeconds(2));
		try (AblyRestApi behind = api(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-5)))) {
			assertThat(behind.clockOffset()).isBetween(Duration.ofSeconds(297), Duration.ofSeconds(303));
		}
	}

	/** The first answer of a connection comes late, as it does after DNS, TCP and TLS. */
	@Test
	void clockOffsetWhenAConnectionOpensSlowlyThenAblysClockIsNotTakenForFast() throws Exception {
		Set<InetSocketAddress> known = ConcurrentHashMap.newKeySet();
		HttpServer slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		slow.createContext("/time", (exchange) -> {
			if (known.add(exchange.getRemoteAddress())) {
				LockSupport.parkNanos(Duration.ofMillis(1500).toNanos());
			}
			byte[] time = ("[" + System.currentTimeMillis() + "]").getBytes(StandardCharsets.US_ASCII);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, time.length);
			exchange.getResponseBody().write(time);
			exchange.close();
		});
		slow.start();
		try (AblyRestApi relayed = new AblyRestApi(URI.create("http://127.0.0.1:" + slow.getAddress().getPort()),
				TestRequests.CAPABILITIES, Clock.systemUTC())) {
			assertThat(relayed.clockOffset().abs()).isLessThan(Duration.ofMillis(700));
		}
		finally {
			slow.stop(0);
		}
	}

	@Test
	void redeemWhenNamesNeedEscapesThenTheSignedTextIsTheSentText() {
		try (AblyStandIn open = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"[*]*\":[\"*\"]}");
				AblyRestApi other = new AblyRestApi(URI.create("http://127.0.0.1:" + open.port() + "/"),
						TestRequests.CAPABILITIES, Clock.systemUTC())) {
			String capability = "{\"a=b&c<d>'e\":[\"subscribe\"],\"\\\"\\\\/\":[\"publish\"],\"\u00e4\ud83d\ude00\":[\"*\"]}";
			assertThat(other.redeem(TestRequests.signed(TestKeys.KEY, capability, Instant.now())).token()).isNotEmpty();
			assertThat(open.refused()).isEmpty();
		}
	}

	@Test
	void redeemWhenKeyAndRequestHaveNothingInCommonThenKeyAllowsNothing() {
		TestRequests.assertRefused(
				() -> this.api.redeem(TestRequests.signed(TestKeys.KEY, "{\"other\":[\"subscribe\"]}", Instant.now())),
				Reason.KEY_ALLOWS_NOTHING, "allows nothing");
		assertThat(this.log.of(Level.ERROR)).isEmpty();
	}

	@Test
	void redeemWhenTheSecretIsWrongThenUnavailableAndOneLineWithTheCode() {
		String wrong = TestKeys.KEY_NAME + ":wrong-secret-0123456789";
		assertRefusedWith("401 and code 40101", TestRequests.signed(wrong, KEY_CAPABILITY, Instant.now()));
	}

	@Test
	void redeemWhenTheClockIsWrongThenUnavailableAndOneLineWithTheCode() {
		Instant early = Instant.now().minus(Duration.ofMinutes(5));
		assertRefusedWith("401 and code 40104", TestRequests.signed(TestKeys.KEY, KEY_CAPABILITY, early));
	}

	@Test
	void redeemWhenTheKeyIsUnknownThenUnavailableAndOneLineWithTheCode() {
		assertRefusedWith("404 and code 40400", TestRequests.signed(TestKeys.OLD_KEY, KEY_CAPABILITY, Instant.now()));
	}

	@Test
	void redeemTwiceThenTheSecondIsRefused() {
		TokenRequest request = TestRequests.signed();
		this.api.redeem(request);
		assertRefusedWith("401 and code 40105", request);
	}

	private void assertRefusedWith(String code, TokenRequest request) {
		TestRequests.assertRefused(() -> this.api.redeem(request), Reason.UNAVAILABLE, "does not accept");
		assertThat(this.log.of(Level.ERROR)).singleElement()
			.asString()
			.isEqualTo("Ably refuses a TokenRequest of the key " + request.keyName() + " with status " + code);
	}

	@Test
	void keyCapabilityThenAllThatTheKeyMayDo() {
		assertThat(this.api.keyCapability(TestKeys.KEY)).isEqualTo(TestRequests.capability(KEY_CAPABILITY));
		try (AblyStandIn open = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"[*]*\":[\"*\"]}");
				AblyRestApi other = new AblyRestApi(URI.create("http://127.0.0.1:" + open.port()),
						TestRequests.CAPABILITIES, Clock.systemUTC())) {
			assertThat(other.keyCapability(TestKeys.KEY)).isEqualTo(Capability.everything());
		}
	}

	@Test
	void keyCapabilityThenByTheClockOfThisServer() {
		try (AblyRestApi early = api(new MutableClock(Instant.now().minus(Duration.ofMinutes(5))))) {
			TestRequests.assertRefused(() -> early.keyCapability(TestKeys.KEY), Reason.UNAVAILABLE, "does not accept");
		}
		assertThat(this.ably.refused()).singleElement()
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(40104));
	}

}
