package dev.ablyauth.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What a JVM is told of names instead of by the system: where this machine itself is, or
 * that nobody has a name, or nothing at all, so that whoever asks waits.
 */
final class Names implements AutoCloseable {

	private final Path folder;

	private final Path hosts;

	private final Path known;

	private final Path unknown;

	/** A pipe into which nobody writes. */
	private final Path silent;

	/**
	 * Begins.
	 * @param here the names of this machine
	 */
	Names(String... here) {
		try {
			this.folder = Files.createTempDirectory("names");
			this.hosts = this.folder.resolve("hosts");
			this.known = Files.writeString(this.folder.resolve("known"), "127.0.0.1 " + String.join(" ", here) + "\n");
			this.unknown = Files.writeString(this.folder.resolve("unknown"), "127.0.0.1 elsewhere.invalid\n");
			this.silent = this.folder.resolve("silent");
			new ProcessBuilder("mkfifo", this.silent.toString()).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		areKnown();
	}

	/**
	 * An option for a JVM that is to ask here. It knows {@code localhost} all the same.
	 */
	String option() {
		return "-Djdk.net.hosts.file=" + this.hosts;
	}

	void areKnown() {
		are(this.known);
		release();
	}

	void areUnknown() {
		are(this.unknown);
	}

	/** Whoever asks waits until the names are known again. */
	void areSlow() {
		are(this.silent);
	}

	/** The file is read anew for each question that the JVM does not remember. */
	private void are(Path file) {
		try {
			Path next = Files.createSymbolicLink(this.folder.resolve("next"), file);
			Files.move(next, this.hosts, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Those who wait read an empty file. */
	private void release() {
		try (RandomAccessFile both = new RandomAccessFile(this.silent.toFile(), "rw")) {
			both.getFD();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		release();
		try {
			for (Path file : new Path[] { this.hosts, this.known, this.unknown, this.silent, this.folder }) {
				Files.delete(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
