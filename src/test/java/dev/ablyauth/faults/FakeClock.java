package dev.ablyauth.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of another process, by libfaketime, which reads a file each time that
 * the process asks. Its monotonic clock stays as it is, as where somebody sets the clock
 * of a machine.
 */
final class FakeClock implements AutoCloseable {

	/** Where Debian, and Fedora, have it. */
	private static final List<String> LIBRARIES = List.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
			"/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib64/faketime/libfaketimeMT.so.1");

	private final Path file;

	FakeClock() {
		try {
			this.file = Files.createTempFile("fake", ".time");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		set(Duration.ZERO);
	}

	static Optional<String> library() {
		return LIBRARIES.stream().filter((path) -> Files.exists(Path.of(path))).findFirst();
	}

	/**
	 * What a process has to be started with. Without the last one, a wait takes 20 ms and
	 * more, and the CPU all the while.
	 */
	Map<String, String> environment() {
		return Map.of("LD_PRELOAD", library().orElseThrow(), "FAKETIME_TIMESTAMP_FILE", this.file.toString(),
				"FAKETIME_NO_CACHE", "1", "FAKETIME_DONT_FAKE_MONOTONIC", "1", "NO_FAKE_STAT", "1",
				"FAKETIME_FORCE_MONOTONIC_FIX", "0");
	}

	/** Sets the clock so far from the right one. */
	void set(Duration ahead) {
		try {
			Path next = Path.of(this.file + ".next");
			Files.writeString(next, String.format(Locale.ROOT, "%+.3f", ahead.toMillis() / 1000.0));
			Files.move(next, this.file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			Files.deleteIfExists(this.file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
