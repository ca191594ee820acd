package dev.ablyauth.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A machine on which four other processes take all the processor time that they can get,
 * and twice as many calls as the server can answer.
 */
@Tag("long")
class BusyMachineTests {

	private static final int OTHERS = 4;

	/** Fewer than the server takes, more than it lets wait for long. */
	private static final int CONNECTIONS = 1400;

	private static final Duration TIME = Duration.ofSeconds(20);

	@Test
	void tokenWhenTheProcessorIsStarvedThenLaterAndWhatIsTooMuchIsTurnedAway() throws Exception {
		try (ServerProcess server = ServerProcess.start(ServerProcess.Way.jvm("-XX:TieredStopAtLevel=4", "-Xmx512m"))
			.ready()) {
			OpenLoad.closed(server.port(), 32, TIME);
			long p99 = steady(server);
			List<Process> busy = busy();
			try {
				long starved = steady(server);
				OpenLoad.Figures peak = OpenLoad.closed(server.port(), 32, TIME);
				Readiness ready = new Readiness(server);
				OpenLoad.Figures twice = ready
					.during(() -> OpenLoad.open(server.port(), CONNECTIONS, (int) (2 * peak.goodput()), TIME));
				System.out.printf("four busy processes: p99 of 150 tokens a second %d ms, before %d ms%n", starved,
						p99);
				System.out.printf("as fast as answers come: %s%n", peak);
				System.out.printf("twice as many: %s; %.0f %% of the peak%n", twice,
						100 * twice.goodput() / peak.goodput());
				System.out.printf("readiness asked %d times, the slowest after %d ms%n", ready.asked, ready.slowest);
				assertThat(ready.isAlwaysTrue).isTrue();
				assertThat(peak.failed()).isLessThan(10);
				assertThat(twice.failed()).isLessThan(twice.refused() / 100 + 10);
				assertThat(twice.goodput()).isGreaterThan(0.8 * peak.goodput());
				assertThat(SteadyAsking.statuses(List.of(server.call().token("after")))).containsOnlyKeys(200);
			}
			finally {
				busy.forEach(Process::destroyForcibly);
			}
		}
	}

	private static long steady(ServerProcess server) {
		long begun = System.nanoTime();
		try (SteadyAsking asking = new SteadyAsking(server.call())) {
			Eventually.pause(10_000);
			assertThat(SteadyAsking.statuses(asking.since(begun))).containsOnlyKeys(200);
			return SteadyAsking.p99(asking.since(begun));
		}
	}

	private static List<Process> busy() {
		List<Process> processes = new ArrayList<>();
		try {
			for (int i = 0; i < OTHERS; i++) {
				processes.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
			}
			return processes;
		}
		catch (IOException ex) {
			processes.forEach(Process::destroyForcibly);
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Asks each half second whether the server is ready, as a balancer does.
	 */
	private static final class Readiness {

		private final ServerProcess server;

		private boolean isAlwaysTrue = true;

		private int asked;

		private long slowest;

		Readiness(ServerProcess server) {
			this.server = server;
		}

		<T> T during(Callable<T> work) throws InterruptedException, ExecutionException {
			ExecutorService thread = Executors.newSingleThreadExecutor();
			try {
				Future<T> working = thread.submit(work);
				while (!working.isDone()) {
					Answer answer = this.server.call().get("/readyz");
					this.isAlwaysTrue &= answer.status() == 200;
					this.slowest = Math.max(this.slowest, answer.millis());
					this.asked++;
					Eventually.pause(500);
				}
				return working.get();
			}
			finally {
				thread.shutdownNow();
			}
		}

	}

}
