package dev.ablyauth.session;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The keys of load balancers while tokens name any kid, keys come and go, and AWS is slow
 * or away. The clock stands still between the steps.
 */
class AlbKeysTests {

	private static final ECKey KEY = AlbTokens.key("key-1");

	private static final ECKey NEW_KEY = AlbTokens.key("key-2");

	private static final Duration WINDOW = Duration.ofSeconds(30);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));

	private final AlbKeyServer server = AlbKeyServer.start(KEY);

	private final ExecutorService background = Executors.newFixedThreadPool(4);

	private final ExecutorService threads = Executors.newFixedThreadPool(80);

	private final AlbKeys keys = new AlbKeys(
			(kid) -> new RemoteKeys(new AlbKeyClient(URI.create(this.server.uri()), kid, new HttpFetcher()), this.clock,
					this.background),
			this.clock);

	@AfterEach
	void close() {
		this.threads.shutdownNow();
		this.server.close();
		this.background.shutdownNow();
	}

	@Test
	void getWhenKnownThenAskedForOnce() {
		for (int i = 0; i < 100; i++) {
			assertThat(outcome("key-1")).isEqualTo(Outcome.KEY);
		}
		this.clock.advance(Duration.ofHours(1));
		assertThat(outcome("key-1")).isEqualTo(Outcome.KEY);
		assertThat(this.server.asked()).containsExactly("/keys/key-1");
	}

	@Test
	void getWhenManyAtOnceThenOneFetchAndAllHaveTheKey() throws Exception {
		this.server.hold();
		List<Future<Outcome>> all = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			all.add(this.threads.submit(() -> outcome("key-1")));
		}
		await(() -> !this.server.asked().isEmpty());
		this.server.release();
		for (Future<Outcome> one : all) {
			assertThat(one.get()).isEqualTo(Outcome.KEY);
		}
		assertThat(this.server.asked()).hasSize(1);
	}

	@Test
	void getWhenTenThousandUnknownKidsThenTwentyFetchesAndTheKnownKeyStays() {
		assertThat(outcome("key-1")).isEqualTo(Outcome.KEY);
		this.clock.advance(WINDOW);
		for (int i = 0; i < 10_000; i++) {
			assertThat(outcome("unknown-" + i)).isEqualTo((i < AlbKeys.MAX_TRIED) ? Outcome.NONE : Outcome.DOWN);
			assertThat(outcome("key-1")).isEqualTo(Outcome.KEY);
		}
		assertThat(this.server.asked()).hasSize(1 + AlbKeys.MAX_TRIED);
	}

	/** The flood of one window does not last longer than the window. */
	@Test
	void getWhenFloodIsOverThenANewKeyIsFound() {
		this.server.put("key-2", AlbKeyServer.pem(NEW_KEY));
		for (int i = 0; i < 100; i++) {
			outcome("unknown-" + i);
		}
		assertThat(outcome("key-2")).isEqualTo(Outcome.DOWN);
		this.clock.advance(WINDOW.minusMillis(1));
		assertThat(outcome("key-2")).isEqualTo(Outcome.DOWN);
		this.clock.advance(Duration.ofMillis(1));
		assertThat(outcome("key-2")).isEqualTo(Outcome.KEY);
	}

	@Test
	void getWhenUnknownThenNotAskedAgainFor30Seconds() {
		assertThat(outcome("key-2")).isEqualTo(Outcome.NONE);
		this.server.put("key-2", AlbKeyServer.pem(NEW_KEY));
		this.clock.advance(WINDOW.minusMillis(1));
		assertThat(outcome("key-2")).isEqualTo(Outcome.NONE);
		assertThat(this.server.asked()).hasSize(1);
		this.clock.advance(Duration.ofMillis(1));
		assertThat(outcome("key-2")).isEqualTo(Outcome.KEY);
	}

	@Test
	void getWhenKeysRotateThenTheNewOneAtOnceAndTheOldOneToo() {
		assertThat(outcome("key-1")).isEqualTo(Outcome.KEY);
		this.server.put("key-2", AlbKeyServer.pem(NEW_KEY));
		assertThat(outcome("key-2")).isEqualTo(Outcome.KEY);
		assertThat(outcome("key-1")).isEqualTo(Outcome.KEY);
	}

	@Test
	void getWhenTheKeyWasTakenAwayThenNoneAfterTheNextRefresh() {
		assertThat(outcome("key-1")).isEqualTo(Outcome.KEY);
		this.server.remove("key-1");
		this.clock.advance(Duration.ofMinutes(5));
		this.keys.refresh();
		await(() -> outcome("key-1") == Outcome.NONE);
	}

	@Test
	void getWhenOutageThenKnownKeysAreGoodForFourHoursAndUnknownOnesAreDown() {
		assertThat(outcome("key-1")).isEqualTo(Outcome.KEY);
		this.server.status(500);
		this.server.remove("key-1");
		for (int minutes = 0; minutes < 240; minutes += 5) {
			this.clock.advance(Duration.ofMinutes(5));
			int asked = this.server.asked().size();
			this.keys.refresh();
			await(() -> this.server.asked().size() > asked);
			assertThat(outcome("key-1")).isEqualTo(Outcome.KEY);
			assertThat(outcome("key-2")).isEqualTo(Outcome.DOWN);
		}
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(outcome("key-1")).isEqualTo(Outcome.DOWN);
	}

	@Test
	void getWhenOutageIsOverThenFoundByItself() {
		this.server.status(503);
		assertThat(outcome("key-1")).isEqualTo(Outcome.DOWN);
		this.server.status(200);
		assertThat(outcome("key-1")).isEqualTo(Outcome.DOWN);
		this.clock.advance(WINDOW);
		assertThat(outcome("key-1")).isEqualTo(Outcome.KEY);
	}

	/** Else a slow key server would take all threads of the web server. */
	@Test
	void getWhenTheServerHangsThenFewWaitAndNobodyWithAKnownKey() {
		assertThat(outcome("key-1")).isEqualTo(Outcome.KEY);
		this.clock.advance(WINDOW);
		this.server.hold();
		List<Future<Outcome>> waiting = new ArrayList<>();
		for (int i = 0; i < 80; i++) {
			waiting.add(this.threads.submit(() -> outcome("unknown")));
		}
		await(() -> waiting.stream().filter(Future::isDone).count() == 80 - 64);
		assertThat(outcome("unknown")).isEqualTo(Outcome.DOWN);
		assertThat(outcome("other")).isEqualTo(Outcome.DOWN);
		assertThat(outcome("key-1")).isEqualTo(Outcome.KEY);
		assertThat(waiting.stream().filter(Future::isDone)).hasSize(80 - 64);
		this.server.release();
		await(() -> waiting.stream().allMatch(Future::isDone));
		assertThat(Collections.frequency(this.server.asked(), "/keys/unknown")).isEqualTo(1);
	}

	@Test
	void getWhenNoKidThenNone() throws Exception {
		assertThat(this.keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null)).isEmpty();
		assertThat(this.server.asked()).isEmpty();
	}

	private static void await(BooleanSupplier condition) {
		long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > end) {
				throw new AssertionError("it did not come about");
			}
			Thread.onSpinWait();
		}
	}

	private Outcome outcome(String kid) {
		try {
			return this.keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(kid).build()), null).isEmpty()
					? Outcome.NONE : Outcome.KEY;
		}
		catch (KeySourceException ex) {
			return Outcome.DOWN;
		}
	}

	private enum Outcome {

		KEY, NONE, DOWN

	}

}
