package dev.ablyauth.issuing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Operations;

/**
 * Keys for tests, which are looked at when a test says so.
 */
public final class TestLiveKeys {

	/** The app of the keys. */
	public static final String APP = "I2E_JQ";

	/** How long after a key was replaced its tokens can still come out. */
	static final Duration LATE = Duration.ofMinutes(4);

	private TestLiveKeys() {
	}

	static LiveKeys of(KeyProperties... keys) {
		return of(Clock.fixed(TestIssuer.NOW, ZoneOffset.UTC), keys);
	}

	/**
	 * Keys of which Ably is not asked.
	 * @param clock tells the time
	 * @param keys the settings
	 * @return the keys, read for the first time
	 */
	public static LiveKeys of(Clock clock, KeyProperties... keys) {
		return of(clock, new NewKeys((key) -> false, Ticker.systemTicker()), keys);
	}

	static LiveKeys of(Clock clock, NewKeys newKeys, KeyProperties... keys) {
		List<KeyProperties> settings = List.of(keys);
		return new LiveKeys(() -> KeyReadings.of(settings), new KeyRings(settings, Operations.standard(),
				(key, revocable) -> new KeyAtAbly(null, Capability::everything), LATE, clock), newKeys);
	}

	/**
	 * A key in a file.
	 * @param file has the key
	 * @return its settings
	 */
	public static KeyProperties in(Path file) {
		return new KeyProperties(null, file, null, false, null);
	}

	/**
	 * An old key in a file.
	 * @param file has the key
	 * @param drainUntil for so long it signs for those who have it
	 * @return its settings
	 */
	public static KeyProperties in(Path file, Instant drainUntil) {
		return new KeyProperties(null, file, null, false, drainUntil);
	}

	/**
	 * Makes a key up.
	 * @param name the second half of its name
	 * @return name and a secret of its own
	 */
	public static String key(String name) {
		return APP + "." + name + ":" + secret(name);
	}

	/**
	 * Makes the secret of a key up.
	 * @param name the second half of the key's name
	 * @return 43 characters
	 */
	public static String secret(String name) {
		return (name + "-canary-key-secret-0123456789-abcdefghijklmnop").substring(0, 43);
	}

	/**
	 * Looks as often as it takes to have a change.
	 * @param keys follow their files
	 */
	public static void lookTwice(LiveKeys keys) {
		keys.look();
		keys.look();
	}

	/**
	 * Replaces a file in one step, readable by its owner alone.
	 * @param file to be replaced, or made
	 * @param text of it
	 * @return the file
	 */
	public static Path replace(Path file, String text) {
		try {
			Path next = write(file.resolveSibling(file.getFileName() + ".next"), text);
			return Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes a file that its owner alone can read.
	 * @param file to be written
	 * @param text of it
	 * @return the file
	 */
	public static Path write(Path file, String text) {
		try {
			Files.writeString(file, text);
			mode(file, "rw-------");
			return file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static void mode(Path file, String mode) throws IOException {
		if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
		}
	}

	/**
	 * Replaces a mounted secret as Kubernetes does: new files in a new folder, and then
	 * the link {@code ..data} to it in one step.
	 * @param mount the folder that is mounted
	 * @param version the name of the new folder
	 * @param keys name of a file and its text, in turn
	 */
	public static void mount(Path mount, String version, String... keys) {
		try {
			Path folder = Files.createDirectories(mount.resolve(".." + version));
			List<String> names = new ArrayList<>();
			for (int i = 0; i < keys.length; i += 2) {
				write(folder.resolve(keys[i]), keys[i + 1]);
				mode(folder.resolve(keys[i]), "r--r-----");
				names.add(keys[i]);
			}
			Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), folder.getFileName());
			Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE,
					StandardCopyOption.REPLACE_EXISTING);
			for (String name : names) {
				if (!Files.exists(mount.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
					Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
