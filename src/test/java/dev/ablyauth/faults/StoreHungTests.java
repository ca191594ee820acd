package dev.ablyauth.faults;

import java.time.Duration;
import java.util.List;

import dev.ablyauth.revocation.StorePostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store that has stopped, or takes two seconds for everything, costs no token.
 */
@Tag("long")
class StoreHungTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final int SECONDS = 20;

	@ParameterizedTest
	@ValueSource(strings = { "stopped", "slow" })
	void storeWhenHungThenTokensGoOnWithNoMoreThreads(String how) {
		try (StorePostgres postgres = new StorePostgres();
				BrokenWire wire = new BrokenWire(postgres.port());
				ServerProcess server = ServerProcess.start(StoreSettings.at(wire.postgres())).ready();
				SteadyAsking asking = new SteadyAsking(server.call())) {
			assertThat(server.call().deny("before").status()).isEqualTo(201);
			long begun = System.nanoTime();
			Eventually.pause(10_000);
			long threads = server.status("Threads");
			List<Answer> whole = asking.since(begun);
			long hung = System.nanoTime();
			if (how.equals("stopped")) {
				postgres.signal("STOP");
			}
			else {
				wire.delay(2000);
			}
			long most = threads;
			for (int second = 0; second < SECONDS; second++) {
				Eventually.pause(1000);
				most = Math.max(most, server.status("Threads"));
			}
			assertThat(server.call().token("before").status()).isEqualTo(403);
			Answer denied = server.call().deny("meanwhile");
			assertThat(denied.status()).as("%s", denied).isIn(how.equals("stopped") ? List.of(503) : List.of(201, 503));
			List<Answer> during = asking.since(hung);
			postgres.signal("CONT");
			wire.mend();
			server.await("/readyz", 200, SOON);
			Eventually.is(SOON, () -> server.call().deny("after").status() == 201, () -> "no denial can be written");
			assertThat(server.call().token("after").status()).isEqualTo(403);
			System.out.printf("%s: %d tokens, p99 %d ms, before %d ms; threads at most %d, before %d; a denial %s%n",
					how, during.size(), SteadyAsking.p99(during), SteadyAsking.p99(whole), most, threads, denied);
			assertThat(SteadyAsking.statuses(during)).containsOnlyKeys(200);
			assertThat(during).hasSizeGreaterThan(SECONDS * 100);
			assertThat(SteadyAsking.p99(during)).isLessThan(SteadyAsking.p99(whole) + 500);
			assertThat(most).isLessThan(threads + 20);
		}
	}

}
