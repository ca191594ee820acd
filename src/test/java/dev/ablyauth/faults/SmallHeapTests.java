package dev.ablyauth.faults;

import java.time.Duration;

import dev.ablyauth.TestFiles;
import dev.ablyauth.revocation.TestRows;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A heap of 64 megabytes with the flags of {@code jvm.options}: the server does its work,
 * or ends at once so that it is started again. It is never there without working.
 */
@Tag("long")
class SmallHeapTests {

	/** What Java says with {@code ExitOnOutOfMemoryError}. */
	private static final int OUT_OF_MEMORY = 3;

	private static final ServerProcess.Way SMALL = ServerProcess.Way.jvm("@jvm.options", "-Xmx64m");

	private static final Duration SOON = Duration.ofSeconds(60);

	@Test
	void loadWhenTheHeapIsSmallThenItServesOrEnds() {
		try (ServerProcess server = ServerProcess.start(SMALL).ready()) {
			OpenLoad.Figures few = OpenLoad.closed(server.port(), 200, Duration.ofSeconds(20));
			System.out.printf("64 MB, 200 connections: %s%n", few);
			assertServesOrHasEnded(server);
			if (server.isAlive()) {
				OpenLoad.Figures many = OpenLoad.closed(server.port(), 1400, Duration.ofSeconds(20));
				System.out.printf("64 MB, 1,400 connections: %s%n", many);
				assertServesOrHasEnded(server);
			}
		}
	}

	private static void assertServesOrHasEnded(ServerProcess server) {
		Eventually.pause(1000);
		if (server.isAlive()) {
			assertThat(server.call().token("ann").status()).isEqualTo(200);
			System.out.printf("it serves; live heap %d KB%n", LiveHeap.kilobytes(server));
		}
		else {
			assertThat(server.exitCode(SOON)).as(server.output()).isEqualTo(OUT_OF_MEMORY);
			System.out.println("it has ended with " + OUT_OF_MEMORY);
		}
	}

	/** A list of denied users that has no room in the heap. */
	@Test
	void memoryWhenItRunsOutThenTheServerEndsAtOnce() {
		String url = TestFiles.denyList();
		try (ServerProcess server = ServerProcess.start(SMALL, "ably-auth.deny-list.url=" + url).ready();
				SteadyAsking asking = new SteadyAsking(server.call())) {
			Eventually.pause(3000);
			TestRows.insert(JdbcClient.create(new DriverManagerDataSource(url)), 1, 600_000);
			long written = System.nanoTime();
			assertThat(server.exitCode(SOON)).as(server.output()).isEqualTo(OUT_OF_MEMORY);
			long ended = System.nanoTime();
			Answer nobody = server.call().get("/livez");
			assertThat(nobody.status()).isZero();
			System.out.printf("out of memory: ended with %d, %.1f s after the list was written; until then %s%n",
					OUT_OF_MEMORY, (ended - written) / 1e9, SteadyAsking.statuses(asking.between(0, ended)));
			assertThat(SteadyAsking.statuses(asking.between(0, ended))).doesNotContainKeys(403, 500);
			assertThat(server.output()).contains("Terminating due to java.lang.OutOfMemoryError");
		}
	}

	@Test
	void startWhenTheHeapIsTooSmallThenItEndsAndSaysWhy() {
		ServerProcess.Ended ended = ServerProcess.run(ServerProcess.Way.jvm("@jvm.options", "-Xms16m", "-Xmx16m"));
		assertThat(ended.code()).as(ended.output()).isEqualTo(OUT_OF_MEMORY);
		assertThat(ended.output()).contains("java.lang.OutOfMemoryError");
		System.out.printf("16 MB: ended with %d after %d ms%n", ended.code(), ended.after().toMillis());
	}

}
