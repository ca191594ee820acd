package dev.ablyauth.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The keys of an issuer while tokens name any kid, keys change, and the key server is
 * slow or down. RFC 8725 3.8; the clock stands still between the steps.
 */
class RemoteKeysTests {

	private static final RSAKey KEY = AppTokens.rsaKey("key-1");

	private static final RSAKey NEW_KEY = AppTokens.rsaKey("key-2");

	private static final Duration INTERVAL = Duration.ofSeconds(30);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));

	private final JwksServer server = JwksServer.start(KEY);

	private final ExecutorService threads = Executors.newFixedThreadPool(16);

	private final ExecutorService background = Executors.newCachedThreadPool();

	private final RemoteKeys keys = keys(this.clock);

	private final AppJwtSessions sessions = sessions(this.keys);

	@AfterEach
	void close() {
		this.server.close();
		this.threads.shutdownNow();
		this.background.shutdownNow();
	}

	@Test
	void userWhenFirstTokenThenKeysAreFetchedOnce() {
		assertThat(this.server.requests()).isZero();
		for (int i = 0; i < 10; i++) {
			assertUser(token(KEY));
		}
		assertThat(this.server.requests()).isEqualTo(1);
	}

	@Test
	void userWhenManyFirstTokensAtOnceThenOneFetchAndAllWaitForIt() throws Exception {
		this.server.hold();
		String token = token(KEY);
		List<Future<Outcome>> outcomes = new ArrayList<>();
		for (int i = 0; i < 16; i++) {
			outcomes.add(this.threads.submit(() -> outcome(token)));
		}
		this.server.awaitRequest();
		this.server.release();
		for (Future<Outcome> outcome : outcomes) {
			assertThat(outcome.get()).isEqualTo(Outcome.USER);
		}
		assertThat(this.server.fetches()).isEqualTo(1);
	}

	@Test
	void userWhenFloodOfUnknownKidsThenNoFetchBefore30SecondsAndOneAfter() {
		String token = token(KEY);
		assertUser(token);
		flood(token);
		assertThat(this.server.fetches()).isEqualTo(1);
		this.clock.advance(INTERVAL);
		flood(token);
		assertThat(this.server.fetches()).isEqualTo(2);
		assertUser(token);
	}

	private void flood(String token) {
		for (int i = 0; i < 10_000; i++) {
			assertThat(outcome(AppTokens.withKid(token, "unknown-" + i))).isEqualTo(Outcome.INVALID);
		}
	}

	@Test
	void userWhenFloodFromManyThreadsThenOneFetch() throws Exception {
		String token = token(KEY);
		assertUser(token);
		this.clock.advance(INTERVAL);
		List<Callable<Outcome>> flood = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			String unknown = AppTokens.withKid(token, "unknown-" + i);
			flood.add(() -> outcome(unknown));
			flood.add(() -> outcome(token));
		}
		List<Future<Outcome>> outcomes = this.threads.invokeAll(flood);
		for (int i = 0; i < outcomes.size(); i++) {
			assertThat(outcomes.get(i).get())
				.isIn((i % 2 == 0) ? List.of(Outcome.INVALID, Outcome.SOURCE_DOWN) : List.of(Outcome.USER));
		}
		assertThat(this.server.fetches()).isEqualTo(2);
	}

	/** The clock lets them go on only when all of them have looked at it. */
	@Test
	void refreshWhenManyThreadsAtTheSameMomentThenOneFetch() throws Exception {
		CyclicBarrier moment = new CyclicBarrier(16);
		RemoteKeys contended = keys(new MutableClock(this.clock.instant()) {
			@Override
			public Instant instant() {
				await(moment);
				return super.instant();
			}
		});
		List<Callable<RemoteKeys.Attempt>> all = Collections.nCopies(16, contended::refresh);
		for (Future<RemoteKeys.Attempt> refresh : this.threads.invokeAll(all)) {
			refresh.get().await();
		}
		assertThat(this.server.fetches()).isEqualTo(1);
	}

	private static void await(CyclicBarrier moment) {
		try {
			moment.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void userWhenFetchIsSlowThenNobodyWithAKnownKeyWaits() throws Exception {
		String token = token(KEY);
		assertUser(token);
		Future<Outcome> waiting = fetchThatHangs();
		for (int i = 0; i < 100; i++) {
			assertUser(token);
		}
		assertThat(waiting.isDone()).isFalse();
		this.server.release();
		assertThat(waiting.get()).isEqualTo(Outcome.INVALID);
	}

	/** None of them did anything wrong. */
	@Test
	void userWhenKeysRotateAndManyComeAtOnceThenOneFetchAndAllWaitForIt() throws Exception {
		assertUser(token(KEY));
		this.server.keys(KEY, NEW_KEY);
		this.server.drainRequests();
		this.server.hold();
		this.clock.advance(INTERVAL);
		String token = token(NEW_KEY);
		List<Future<Outcome>> outcomes = new ArrayList<>();
		for (int i = 0; i < 16; i++) {
			outcomes.add(this.threads.submit(() -> outcome(token)));
		}
		this.server.awaitRequest();
		this.server.release();
		for (Future<Outcome> outcome : outcomes) {
			assertThat(outcome.get()).isEqualTo(Outcome.USER);
		}
		assertThat(this.server.fetches()).isEqualTo(2);
	}

	/** Else a slow key server would take all threads of the web server. */
	@Test
	void userWhenFetchIsSlowThenNotManyWithUnknownKidsWait() throws Exception {
		assertUser(token(KEY));
		Future<Outcome> first = fetchThatHangs();
		List<Future<Outcome>> others = twiceAsManyAsMayWait(AppTokens.withKid(token(KEY), "another"));
		// The first one waits too.
		List<Future<Outcome>> refused = awaitRefused(others, RemoteKeys.MAX_WAITING + 1);
		assertThat(first.isDone()).isFalse();
		assertThat(refused).allSatisfy((other) -> assertThat(other.get()).isEqualTo(Outcome.SOURCE_DOWN));
		assertUser(token(KEY));
		this.server.release();
		for (Future<Outcome> other : others) {
			assertThat(other.get()).isIn(Outcome.INVALID, Outcome.SOURCE_DOWN);
		}
		assertThat(this.server.fetches()).isEqualTo(2);
	}

	/** The users of other issuers would have no threads left. */
	@Test
	void userWhenIssuerWasNeverReachedThenNotManyWaitAndNoneLongerThanTwoSeconds() throws Exception {
		this.server.hold();
		long began = System.nanoTime();
		List<Future<Outcome>> all = twiceAsManyAsMayWait(token(KEY));
		awaitRefused(all, RemoteKeys.MAX_WAITING);
		for (Future<Outcome> one : all) {
			assertThat(one.get()).isEqualTo(Outcome.SOURCE_DOWN);
		}
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(1_900),
				Duration.ofMillis(3_500));
		this.server.release();
	}

	private List<Future<Outcome>> twiceAsManyAsMayWait(String token) {
		List<Future<Outcome>> all = new ArrayList<>();
		for (int i = 0; i < 2 * RemoteKeys.MAX_WAITING; i++) {
			all.add(this.background.submit(() -> outcome(token)));
		}
		return all;
	}

	private static List<Future<Outcome>> awaitRefused(List<Future<Outcome>> all, int count)
			throws InterruptedException {
		for (int i = 0; all.stream().filter(Future::isDone).count() < count; i++) {
			assertThat(i).isLessThan(1_500);
			Thread.sleep(1);
		}
		List<Future<Outcome>> done = all.stream().filter(Future::isDone).toList();
		assertThat(done).hasSize(count);
		return done;
	}

	@Test
	void userWhenOutageThenKnownKeysAreGoodForFourHoursAndNotLonger() {
		assertUser(token(KEY));
		this.server.status(503);
		for (int minutes = 0; minutes < 240; minutes += 5) {
			this.clock.advance(Duration.ofMinutes(5));
			this.keys.refresh().await();
			assertUser(token(KEY));
		}
		assertThat(this.server.fetches()).isEqualTo(49);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(outcome(token(KEY))).isEqualTo(Outcome.SOURCE_DOWN);
	}

	/** Else those who come next would wait for a fetch that nobody does any more. */
	@Test
	void refreshWhenItFailsInAnyWayThenItIsOverAndTheNextOneIsMade() throws Exception {
		List<Error> errors = new ArrayList<>(List.of(new StackOverflowError("on purpose")));
		RemoteKeys failing = new RemoteKeys(() -> {
			if (!errors.isEmpty()) {
				throw errors.remove(0);
			}
			return new JWKSet(KEY.toPublicJWK());
		}, this.clock, this.background);
		failing.refresh().done().get(10, TimeUnit.SECONDS);
		assertThat(failing.ageSeconds()).isNegative();
		this.clock.advance(INTERVAL);
		assertThat(failing.refresh().done().get(10, TimeUnit.SECONDS)).isTrue();
		RemoteKeys withoutThreads = new RemoteKeys(() -> new JWKSet(), this.clock, (task) -> {
			throw new OutOfMemoryError("unable to create native thread");
		});
		assertThat(withoutThreads.refresh().hasKeys()).isFalse();
	}

	@Test
	void userWhenOutageIsOverThenUserAgain() {
		assertUser(token(KEY));
		this.server.status(503);
		this.clock.advance(Duration.ofHours(5));
		assertThat(outcome(token(KEY))).isEqualTo(Outcome.SOURCE_DOWN);
		this.server.status(200);
		assertThat(outcome(token(KEY))).isEqualTo(Outcome.SOURCE_DOWN);
		this.clock.advance(INTERVAL);
		assertUser(token(KEY));
	}

	@ParameterizedTest
	@ValueSource(ints = { 204, 301, 400, 401, 403, 404, 410, 429, 500, 502, 503 })
	void userWhenKeyServerAnswersNoKeysAndNoneAreKnownThenSourceDown(int status) {
		this.server.status(status);
		assertThat(outcome(token(KEY))).isEqualTo(Outcome.SOURCE_DOWN);
		assertThat(outcome(AppTokens.withKid(token(KEY), "unknown"))).isEqualTo(Outcome.SOURCE_DOWN);
		assertThat(this.server.fetches()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "[]", "null", "{\"keys\":[]}", "{\"keys\":{}}", "{\"keys\":[{}]}",
			"{\"keys\":null}", "{\"keys\":[{\"kty\":\"RSA\"}]}", "{\"keys\":[null]}", "{\"keys\":[1]}",
			"<html>Sign in</html>", "{\"keys\":[", "{\"keys\":[{\"kty\":\"unheard-of\",\"kid\":\"key-1\"}]}" })
	void userWhenKeyServerAnswersRubbishAndNoneAreKnownThenSourceDown(String body) {
		this.server.body(body);
		assertThat(outcome(token(KEY))).isEqualTo(Outcome.SOURCE_DOWN);
	}

	@Test
	void userWhenRubbishHasAHundredThousandLevelsThenSourceDown() {
		this.server.body("{\"keys\":" + "[".repeat(100_000));
		assertThat(outcome(token(KEY))).isEqualTo(Outcome.SOURCE_DOWN);
	}

	@Test
	void userWhenNobodyListensAndNoneAreKnownThenSourceDown() {
		String token = token(KEY);
		this.server.close();
		assertThat(outcome(token)).isEqualTo(Outcome.SOURCE_DOWN);
	}

	@Test
	void userWhenRubbishAfterGoodKeysThenTheGoodOnesStay() {
		assertUser(token(KEY));
		this.server.body("<html>Sign in</html>");
		this.clock.advance(INTERVAL);
		this.keys.refresh().await();
		assertThat(this.server.fetches()).isEqualTo(2);
		assertUser(token(KEY));
	}

	@Test
	void userWhenUnknownKidWhileDownThenSourceDownAndKnownKeysStayGood() {
		assertUser(token(KEY));
		this.server.status(503);
		this.clock.advance(INTERVAL);
		assertThat(outcome(token(NEW_KEY))).isEqualTo(Outcome.SOURCE_DOWN);
		assertThat(outcome(token(NEW_KEY))).isEqualTo(Outcome.SOURCE_DOWN);
		assertUser(token(KEY));
		assertThat(this.server.fetches()).isEqualTo(2);
	}

	/** The last thing that is known is still the outage. */
	@Test
	void userWhenUnknownKidWhileDownAndTheNextFetchRunsThenStillSourceDown() throws Exception {
		assertUser(token(KEY));
		this.server.status(503);
		this.clock.advance(INTERVAL);
		assertThat(outcome(token(NEW_KEY))).isEqualTo(Outcome.SOURCE_DOWN);
		Future<Outcome> waiting = fetchThatHangs();
		Future<Outcome> another = this.threads.submit(() -> outcome(token(NEW_KEY)));
		this.server.release();
		assertThat(waiting.get()).isEqualTo(Outcome.SOURCE_DOWN);
		assertThat(another.get()).isEqualTo(Outcome.SOURCE_DOWN);
	}

	@Test
	void userWhenForgedWithAKnownKidWhileDownThenInvalid() {
		assertUser(token(KEY));
		this.server.status(503);
		this.clock.advance(INTERVAL);
		this.keys.refresh().await();
		String forged = tokens(new RSAKey.Builder(NEW_KEY).keyID("key-1").build()).token();
		assertThat(outcome(forged)).isEqualTo(Outcome.INVALID);
	}

	@Test
	void userWhenKeysRotateThenTheNewOneIsKnownAtOnceIfTheLastFetchIsOver30SecondsAgo() {
		assertUser(token(KEY));
		this.server.keys(KEY, NEW_KEY);
		this.clock.advance(INTERVAL.minusMillis(1));
		assertThat(outcome(token(NEW_KEY))).isEqualTo(Outcome.INVALID);
		assertThat(this.server.fetches()).isEqualTo(1);
		this.clock.advance(Duration.ofMillis(1));
		assertUser(token(NEW_KEY));
		assertUser(token(KEY));
		assertThat(this.server.fetches()).isEqualTo(2);
	}

	@Test
	void userWhenKeyIsRemovedThenInvalidAfterTheNextFetch() {
		this.server.keys(KEY, NEW_KEY);
		assertUser(token(KEY));
		this.server.keys(NEW_KEY);
		this.clock.advance(INTERVAL);
		this.keys.refresh().await();
		assertThat(outcome(token(KEY))).isEqualTo(Outcome.INVALID);
		assertUser(token(NEW_KEY));
	}

	@Test
	void userWhenAnotherKeyTakesTheKidThenOnlyTheNewOneCountsAfterTheNextFetch() {
		assertUser(token(KEY));
		RSAKey replaced = new RSAKey.Builder(NEW_KEY).keyID("key-1").build();
		this.server.keys(replaced);
		this.clock.advance(INTERVAL);
		this.keys.refresh().await();
		assertThat(outcome(token(KEY))).isEqualTo(Outcome.INVALID);
		assertUser(token(replaced));
	}

	@Test
	void refreshWhenAgainWithin30SecondsThenNoFetch() {
		this.keys.refresh().await();
		this.clock.advance(INTERVAL.minusMillis(1));
		this.keys.refresh().await();
		assertThat(this.server.fetches()).isEqualTo(1);
		this.clock.advance(Duration.ofMillis(1));
		this.keys.refresh().await();
		assertThat(this.server.fetches()).isEqualTo(2);
	}

	/** Else nothing would be fetched until the clock is where it was. */
	@Test
	void refreshWhenTheClockWasSetBackThenFetched() {
		this.keys.refresh().await();
		this.clock.advance(Duration.ofHours(-1));
		this.keys.refresh().await();
		assertThat(this.server.fetches()).isEqualTo(2);
	}

	/** A server that is not ready is sent no requests that would do it. */
	@Test
	void keepFreshThenEveryFiveMinutesAndSoonAfterAFailure() {
		assertThat(this.keys.state("jwt", "idp"))
			.isEqualTo(new SessionState("jwt", "idp", false, "its keys are not fetched yet"));
		keepFreshAfter(Duration.ZERO, 1);
		assertThat(this.keys.state("jwt", "idp")).isEqualTo(SessionState.good("jwt", "idp"));
		keepFreshAfter(RemoteKeys.REFRESH.minusMillis(1), 1);
		this.server.status(503);
		keepFreshAfter(Duration.ofMillis(1), 2);
		assertThat(this.keys.state("jwt", "idp").canTell()).isTrue();
		assertThat(this.keys.state("jwt", "idp").fault()).startsWith("its keys cannot be fetched: ");
		keepFreshAfter(INTERVAL.minusMillis(1), 2);
		keepFreshAfter(Duration.ofMillis(1), 3);
		this.clock.advance(RemoteKeys.OUTAGE_TOLERANCE);
		assertThat(this.keys.state("jwt", "idp").canTell()).isFalse();
		this.server.status(200);
		keepFreshAfter(Duration.ZERO, 4);
		assertThat(this.keys.state("jwt", "idp")).isEqualTo(SessionState.good("jwt", "idp"));
	}

	private void keepFreshAfter(Duration time, int fetches) {
		int before = this.server.fetches();
		this.clock.advance(time);
		this.keys.keepFresh();
		if (before < fetches) {
			this.keys.refresh().await();
		}
		assertThat(this.server.fetches()).isEqualTo(fetches);
	}

	@Test
	void ageSecondsThenSinceTheLastFetchThatWentWell() {
		assertThat(this.keys.ageSeconds()).isNegative();
		this.keys.refresh().await();
		assertThat(this.keys.ageSeconds()).isZero();
		this.server.status(503);
		this.clock.advance(Duration.ofMinutes(5));
		this.keys.refresh().await();
		assertThat(this.keys.ageSeconds()).isEqualTo(300);
	}

	/** Another thread asks for an unknown kid and hangs in the fetch. */
	private Future<Outcome> fetchThatHangs() {
		String unknown = AppTokens.withKid(token(KEY), "unknown");
		this.server.drainRequests();
		this.server.hold();
		this.clock.advance(INTERVAL);
		Future<Outcome> waiting = this.threads.submit(() -> outcome(unknown));
		this.server.awaitRequest();
		return waiting;
	}

	private void assertUser(String token) {
		assertThat(outcome(token)).isEqualTo(Outcome.USER);
	}

	private Outcome outcome(String token) {
		try {
			return this.sessions.user(token).isPresent() ? Outcome.USER : Outcome.NO_TOKEN;
		}
		catch (Refused ex) {
			return (ex.reason() == Reason.SESSION_SOURCE_DOWN) ? Outcome.SOURCE_DOWN : Outcome.INVALID;
		}
	}

	private String token(RSAKey key) {
		return tokens(key).token();
	}

	private AppTokens tokens(RSAKey key) {
		return AppTokens.rs256(this.server.issuer(), key)
			.at(this.clock)
			.subject("ann")
			.audience("my-app")
			.expiresIn(Duration.ofHours(24));
	}

	private RemoteKeys keys(Clock time) {
		return new RemoteKeys(new JwksClient(this.server.issuer(), this.server.jwksUri(), new HttpFetcher()), time,
				this.background);
	}

	private AppJwtSessions sessions(RemoteKeys source) {
		return TestSessions.withSource(this.clock, source, "jwt[0].issuer=" + this.server.issuer(),
				"jwt[0].audiences=my-app");
	}

	private enum Outcome {

		USER, NO_TOKEN, INVALID, SOURCE_DOWN

	}

}
