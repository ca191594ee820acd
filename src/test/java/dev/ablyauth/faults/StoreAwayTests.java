package dev.ablyauth.faults;

import java.time.Duration;
import java.util.List;

import dev.ablyauth.revocation.StorePostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server whose PostgreSQL is away: from the start, killed, or behind a wire that
 * swallows everything.
 */
@Tag("long")
class StoreAwayTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	@Test
	void startWhenTheStoreIsAwayThenUpAndNotReadyAndReadyByItselfWhenItIsBack() {
		try (StorePostgres postgres = new StorePostgres()) {
			postgres.kill();
			try (ServerProcess server = ServerProcess.start(StoreSettings.at(postgres.url()));
					SteadyAsking asking = new SteadyAsking(server.call())) {
				long begun = System.nanoTime();
				Eventually.pause(10_000);
				assertThat(server.call().get("/livez").status()).isEqualTo(200);
				assertThat(server.call().get("/readyz").status()).isEqualTo(503);
				assertThat(server.call().deny("ann").status()).isEqualTo(503);
				List<Answer> away = asking.since(begun);
				assertThat(away).hasSizeGreaterThan(1000).allMatch((answer) -> answer.status() == 503);
				assertThat(away).noneMatch((answer) -> answer.retryAfter().isEmpty());
				postgres.restart();
				Duration back = server.await("/readyz", 200, SOON);
				assertThat(server.call().token("ann").status()).isEqualTo(200);
				assertThat(server.call().deny("ann").status()).isEqualTo(201);
				assertThat(server.call().token("ann").status()).isEqualTo(403);
				assertThat(SteadyAsking.statuses(asking.since(begun))).containsOnlyKeys(200, 503);
				System.out.printf("away at start: %d asked in 10 s, all 503; ready %d ms after the store was back%n",
						away.size(), back.toMillis());
			}
		}
	}

	/** Longer than what is known is good for, and shorter. */
	@ParameterizedTest
	@CsvSource({ "KILL,10,20", "KILL,10,6", "WIRE,12,20", "KILL,60,75" })
	void storeWhenAwayLaterThenTheCopyUntilItIsOldThen503AndNever403(String how, int staleness, int seconds) {
		try (StorePostgres postgres = new StorePostgres();
				BrokenWire wire = new BrokenWire(postgres.port());
				ServerProcess server = ServerProcess
					.start(StoreSettings.at(wire.postgres(), "ably-auth.deny-list.max-staleness=" + staleness + "s"))
					.ready();
				SteadyAsking asking = new SteadyAsking(server.call())) {
			assertThat(server.call().deny("before").status()).isEqualTo(201);
			Eventually.pause(2000);
			long away = System.nanoTime();
			if (how.equals("KILL")) {
				postgres.kill();
			}
			else {
				wire.swallow();
			}
			Answer denied = server.call().deny("meanwhile");
			assertThat(denied.status()).as("%s", denied).isEqualTo(503);
			assertThat(denied.millis()).isLessThan(how.equals("KILL") ? 4000 : 8000);
			Eventually.is(Duration.ofSeconds(staleness - 3), () -> System.nanoTime() - away > 4_000_000_000L,
					() -> "time stands still");
			assertThat(server.call().token("before").status()).isEqualTo(403);
			assertThat(server.call().token("meanwhile").status()).isEqualTo(200);
			Eventually.pause(seconds * 1000L - (System.nanoTime() - away) / 1_000_000);
			boolean old = seconds > staleness;
			assertThat(server.call().get("/readyz").status()).isEqualTo(old ? 503 : 200);
			assertThat(server.call().get("/livez").status()).isEqualTo(200);
			assertThat(server.call().token("ann").status()).isEqualTo(old ? 503 : 200);
			Answer again = server.call().deny("meanwhile");
			assertThat(again.status()).as("%s", again).isEqualTo(503);
			long back = System.nanoTime();
			if (how.equals("KILL")) {
				postgres.restart();
			}
			wire.mend();
			Duration ready = server.await("/readyz", 200, SOON);
			Eventually.is(SOON, () -> server.call().deny("after").status() == 201, () -> "no denial can be written");
			assertAllAsBefore(server);
			assertSteady(asking, away, back, staleness, old);
			System.out.printf("%s, good for %d s, away for %d s: %s, p99 %d ms; ready %d ms after it was back%n", how,
					staleness, seconds, SteadyAsking.statuses(asking.since(away)), SteadyAsking.p99(asking.since(away)),
					ready.toMillis());
		}
	}

	private static void assertAllAsBefore(ServerProcess server) {
		assertThat(server.call().token("before").status()).isEqualTo(403);
		assertThat(server.call().token("after").status()).isEqualTo(403);
		assertThat(server.call().token("ann").status()).isEqualTo(200);
	}

	/** A read may have begun up to two seconds before the store was away. */
	private static void assertSteady(SteadyAsking asking, long away, long back, int staleness, boolean old) {
		long sure = away + Duration.ofSeconds(staleness - 3).toNanos();
		long over = away + Duration.ofSeconds(staleness + 1).toNanos();
		assertThat(SteadyAsking.statuses(asking.between(away, old ? sure : back))).containsOnlyKeys(200);
		if (old) {
			assertThat(SteadyAsking.statuses(asking.between(over, back))).containsOnlyKeys(503);
			assertThat(asking.between(over, back)).noneMatch((answer) -> answer.retryAfter().isEmpty());
		}
		assertThat(SteadyAsking.statuses(asking.since(away))).doesNotContainKeys(0, 403, 500);
		long seconds = Duration.ofNanos(System.nanoTime() - away).toSeconds();
		assertThat((long) asking.since(away).size()).isGreaterThan(seconds * 100);
	}

}
