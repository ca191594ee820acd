package dev.ablyauth.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.ablyauth.Skip;

/**
 * A disk of two megabytes, in memory. It needs Linux and root.
 */
final class SmallDisk implements AutoCloseable {

	private final Path folder;

	private SmallDisk(Path folder) {
		this.folder = folder;
	}

	/** Makes one, or skips the test. */
	static SmallDisk mount() {
		try {
			Path folder = Files.createTempDirectory("small-disk");
			boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder.toString());
			if (!mounted) {
				Files.delete(folder);
			}
			Skip.unless(mounted, "no disk can be mounted here, which takes Linux and root");
			return new SmallDisk(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean run(String... command) {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	Path path(String name) {
		return this.folder.resolve(name);
	}

	/** Leaves no byte. */
	void fill() {
		byte[] block = new byte[4096];
		try (OutputStream out = Files.newOutputStream(path("filler"))) {
			while (true) {
				out.write(block);
			}
		}
		catch (IOException ex) {
			// Now it is full.
		}
	}

	/** Gives back what {@link #fill()} took. */
	void empty() {
		try {
			Files.delete(path("filler"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Makes it larger. */
	void grow() {
		if (!run("mount", "-o", "remount,size=32m", this.folder.toString())) {
			throw new IllegalStateException("it cannot be made larger");
		}
	}

	@Override
	public void close() {
		if (!run("umount", this.folder.toString())) {
			run("umount", "-l", this.folder.toString());
		}
		try {
			Files.deleteIfExists(this.folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
