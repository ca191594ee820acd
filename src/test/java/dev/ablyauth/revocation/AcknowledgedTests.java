package dev.ablyauth.revocation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ablyauth.revocation.TestDenials.wish;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that is killed while it denies: what it had acknowledged is there.
 */
@Tag("long")
class AcknowledgedTests {

	private static final int KILLS = Integer.getInteger("faults.kills", 100);

	@TempDir
	private Path folder;

	@Test
	void denyWhenKilledThenNothingAcknowledgedIsLostInAFile() throws Exception {
		assertNothingLost(TestStore.settings("jdbc:sqlite:" + this.folder.resolve("list.db")));
	}

	@Test
	void denyWhenKilledThenNothingAcknowledgedIsLostInPostgres() throws Exception {
		try (StorePostgres postgres = new StorePostgres()) {
			assertNothingLost(postgres.settings());
		}
	}

	private static void assertNothingLost(DenyListProperties settings) throws Exception {
		Random random = new Random(3);
		List<String> acknowledged = new ArrayList<>();
		for (int kill = 0; kill < KILLS; kill++) {
			acknowledged.addAll(killedAfter(settings, kill, random.nextInt(300)));
			assertThat(settings.problems("x")).isEmpty();
		}
		try (TestStore store = new TestStore(settings).read()) {
			assertThat(acknowledged).hasSizeGreaterThan(KILLS);
			assertThat(acknowledged).allSatisfy((user) -> assertThat(store.isDenied(user)).as(user).isTrue());
		}
	}

	private static List<String> killedAfter(DenyListProperties settings, int round, int millis) throws Exception {
		List<String> users = new ArrayList<>();
		Process process = start(settings, round);
		try (BufferedReader reader = process.inputReader()) {
			String first = reader.readLine();
			assertThat(first).isNotNull();
			users.add(first);
			Thread.sleep(millis);
			process.destroyForcibly();
			for (String user = next(reader); user != null; user = next(reader)) {
				users.add(user);
			}
		}
		assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
		return users.stream().filter((user) -> user.startsWith("user") && user.endsWith(".")).toList();
	}

	private static @Nullable String next(BufferedReader reader) {
		try {
			return reader.readLine();
		}
		catch (IOException ex) {
			return null;
		}
	}

	private static Process start(DenyListProperties settings, int round) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				Writer.class.getName(), String.valueOf(settings.url()), "user" + round)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	/** Denies without end, and says each time that it is done. */
	static final class Writer {

		private Writer() {
		}

		public static void main(String[] arguments) {
			String user = arguments[0].startsWith("jdbc:postgresql") ? "postgres" : null;
			try (TestStore store = new TestStore(TestStore.settings(arguments[0], user, user)).read()) {
				for (int i = 0; i < 100_000; i++) {
					String name = arguments[1] + "-" + i + ".";
					store.denials.deny(wish(Target.Kind.USER_ID, name), null);
					System.out.println(name);
				}
			}
		}

	}

}
