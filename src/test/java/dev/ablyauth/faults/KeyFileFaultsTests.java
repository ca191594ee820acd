package dev.ablyauth.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

import com.auth0.jwt.JWT;
import dev.ablyauth.issuing.TestLiveKeys;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key file that cannot be used: while the server runs the old key stays, and at start
 * there is none. Both times a line says which file and why.
 */
@Tag("long")
@EnabledOnOs(OS.LINUX)
class KeyFileFaultsTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	/** Root reads everything, unless this is taken from it. */
	private static final ServerProcess.Way LIKE_OTHERS = "root".equals(System.getProperty("user.name"))
			? ServerProcess.Way.under("setpriv", "--inh-caps=-dac_override,-dac_read_search",
					"--bounding-set=-dac_override,-dac_read_search")
			: ServerProcess.Way.USUAL;

	@TempDir
	private Path folder;

	@Test
	void keyFileWhenItCannotBeUsedThenTheOldKeyStaysAndALineSaysWhichAndWhy() {
		Path file = TestLiveKeys.write(this.folder.resolve("key"), TestLiveKeys.key("old"));
		try (ServerProcess server = ServerProcess.start(LIKE_OTHERS, settings(file)).ready();
				SteadyAsking asking = new SteadyAsking(server.call())) {
			long begun = System.nanoTime();
			for (Fault fault : Fault.values()) {
				fault.make(file);
				Eventually.is(SOON,
						() -> server.output().contains("ably-auth.keys[0].file: the file " + file + " " + fault.why)
								&& server.output().contains("; the keys in use stay, I2E_JQ.old signs"),
						() -> fault + "\n" + server.output());
				assertThat(server.call().get("/actuator/health").body()).as("%s", fault).contains(fault.why);
				assertThat(server.call().get("/actuator/metrics/key.problems").body()).contains("\"value\":1.0");
				assertThat(server.call().get("/readyz").status()).isEqualTo(200);
				assertThat(kid(server)).isEqualTo("I2E_JQ.old");
				TestLiveKeys.replace(file, TestLiveKeys.key("old"));
				Eventually.is(SOON,
						() -> server.call().get("/actuator/metrics/key.problems").body().contains("\"value\":0.0"),
						server::output);
			}
			TestLiveKeys.replace(file, TestLiveKeys.key("new"));
			Eventually.is(SOON, () -> kid(server).equals("I2E_JQ.new"), server::output);
			assertThat(SteadyAsking.statuses(asking.since(begun))).containsOnlyKeys(200);
			assertThat(server.output()).doesNotContain("canary-key-secret");
			System.out.printf("%d faults of the key file, meanwhile %s%n", Fault.values().length,
					SteadyAsking.statuses(asking.since(begun)));
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HALF_WRITTEN")
	void startWhenTheKeyFileCannotBeUsedThenNoneAndALineSaysWhichAndWhy(Fault fault) {
		Path file = TestLiveKeys.write(this.folder.resolve("key"), TestLiveKeys.key("old"));
		fault.make(file);
		ServerProcess.Ended ended = ServerProcess.run(LIKE_OTHERS, settings(file));
		assertThat(ended.code()).as(ended.output()).isEqualTo(1);
		assertThat(ended.output()).contains("ably-auth.keys[0].file: the file " + file + " " + fault.why)
			.doesNotContain("canary-key-secret", "\tat ");
	}

	private static String[] settings(Path file) {
		return new String[] { "ably-auth.keys[0].value=", "ably-auth.keys[0].file=" + file };
	}

	private static String kid(ServerProcess server) {
		Answer answer = server.call().token("ann");
		assertThat(answer.status()).as("%s", answer).isEqualTo(200);
		return JWT.decode(answer.body()).getKeyId();
	}

	/**
	 * What is wrong with it.
	 */
	private enum Fault {

		EMPTY("is empty") {
			@Override
			void make(Path file) {
				TestLiveKeys.replace(file, "");
			}
		},

		HALF_WRITTEN("has only the beginning of the key I2E_JQ.old") {
			@Override
			void make(Path file) {
				TestLiveKeys.replace(file, TestLiveKeys.key("old").substring(0, 30));
			}
		},

		WITHOUT_A_SECRET("is not an Ably API key") {
			@Override
			void make(Path file) {
				TestLiveKeys.replace(file, "I2E_JQ.new");
			}
		},

		GONE("cannot be read: there is no such file") {
			@Override
			void make(Path file) {
				try {
					Files.delete(file);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
		},

		UNREADABLE("cannot be read: this process may not") {
			@Override
			void make(Path file) {
				mode(file, "---------");
			}
		},

		OPEN_TO_EVERYBODY("is open to everybody on this machine (rw-r--r--)") {
			@Override
			void make(Path file) {
				mode(file, "rw-r--r--");
			}
		};

		private final String why;

		Fault(String why) {
			this.why = why;
		}

		abstract void make(Path file);

		private static void mode(Path file, String mode) {
			try {
				Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
