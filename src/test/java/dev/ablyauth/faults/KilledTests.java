package dev.ablyauth.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.ablyauth.Skip;
import dev.ablyauth.TestFiles;
import dev.ablyauth.revocation.StorePostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a server has acknowledged is there when it was killed, and was on the disk before
 * it was acknowledged.
 */
@Tag("long")
class KilledTests {

	private static final int KILLS = Integer.getInteger("faults.kills", 20);

	@TempDir
	private Path folder;

	@Test
	void denyWhenKilledThenNothingAcknowledgedIsLostInAFile() {
		assertNothingLost("file", new Killing("ably-auth.deny-list.url=" + TestFiles.denyList()));
	}

	@Test
	void denyWhenKilledThenNothingAcknowledgedIsLostInPostgres() {
		try (StorePostgres postgres = new StorePostgres()) {
			assertNothingLost("PostgreSQL", new Killing(StoreSettings.at(postgres.url())));
		}
	}

	private static void assertNothingLost(String store, Killing killing) {
		Killing.Outcome outcome = killing.times(KILLS);
		System.out.printf("%s: %d kills, %d denials acknowledged, %d lost%n", store, outcome.kills(),
				outcome.acknowledged(), outcome.lost().size());
		assertThat(outcome.acknowledged()).isGreaterThan(KILLS);
		assertThat(outcome.lost()).isEmpty();
		assertThat(outcome.others()).isTrue();
	}

	/** SIGKILL alone does not show it: the system keeps what a dead process wrote. */
	@Test
	void denyWhenAcknowledgedThenTheFileWasForcedToTheDiskBefore() throws Exception {
		Optional<Path> strace = List.of("/usr/bin/strace", "/usr/local/bin/strace")
			.stream()
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst();
		Skip.unless(strace.isPresent(), "no strace here, so nobody sees when a file is forced to the disk");
		Path trace = this.folder.resolve("trace");
		try (ServerProcess server = ServerProcess.start("ably-auth.deny-list.url=" + TestFiles.denyList()).ready()) {
			assertThat(server.call().deny("first").status()).isEqualTo(201);
			Process tracer = new ProcessBuilder(strace.orElseThrow().toString(), "-f", "-qq", "-y", "-s", "24", "-e",
					"trace=fsync,fdatasync,write,sendto", "-o", trace.toString(), "-p", Long.toString(server.pid()))
				.redirectErrorStream(true)
				.redirectOutput(this.folder.resolve("tracer").toFile())
				.start();
			try {
				Eventually.is(Duration.ofSeconds(30), () -> traces(server, trace), () -> "strace sees nothing");
				for (int i = 0; i < 20; i++) {
					assertThat(server.call().deny("traced" + i).status()).isEqualTo(201);
				}
			}
			finally {
				tracer.destroy();
				tracer.waitFor(10, TimeUnit.SECONDS);
			}
		}
		assertForcedBeforeEach(Files.readAllLines(trace));
	}

	private static boolean traces(ServerProcess server, Path trace) {
		try {
			return server.call().get("/livez").status() == 200 && Files.exists(trace)
					&& Files.readString(trace).contains("HTTP/1.1 200");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void assertForcedBeforeEach(List<String> lines) {
		int acknowledged = 0;
		int forced = 0;
		boolean since = false;
		for (String line : lines) {
			if (line.contains("sync") && line.endsWith("= 0")
					&& (line.contains("list.db") || line.contains("resumed"))) {
				since = true;
				forced++;
			}
			else if (line.contains("\"HTTP/1.1 201")) {
				assertThat(since).as("acknowledgement %d: %s", acknowledged, line).isTrue();
				acknowledged++;
				since = false;
			}
		}
		System.out.printf("%d denials acknowledged, the file forced to the disk %d times, before each of them%n",
				acknowledged, forced);
		assertThat(acknowledged).isEqualTo(20);
	}

}
