package dev.ablyauth.audit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A file of lines that begins anew when it is full. The old ones are beside it, with
 * {@code .1} for the youngest. Several processes may write to it, and others may rename
 * or remove it: a line never goes to a file that has no name any more, where the system
 * tells files apart.
 */
final class RotatingFile implements AutoCloseable {

	private final Path path;

	private final long maxBytes;

	private final int keep;

	private @Nullable FileOutputStream out;

	/** Which file is open. */
	private @Nullable Object key;

	private boolean isTorn;

	/**
	 * Creates a file, which is opened for the first line.
	 * @param maxBytes the most that it may have
	 * @param keep how many old ones there may be
	 */
	RotatingFile(Path path, long maxBytes, int keep) {
		this.path = path;
		this.maxBytes = maxBytes;
		this.keep = keep;
	}

	/**
	 * Adds a line.
	 * @throws IOException if the system did not take all of it; the next line is not hurt
	 * by the part that it took
	 */
	synchronized void append(String line) throws IOException {
		byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
		FileOutputStream file = open(bytes.length);
		if (this.isTorn) {
			file.write('\n');
		}
		this.isTorn = true;
		file.write(bytes);
		this.isTorn = false;
	}

	private FileOutputStream open(int more) throws IOException {
		BasicFileAttributes now = attributes();
		if (this.out != null && now != null && Objects.equals(now.fileKey(), this.key)
				&& now.size() + more <= this.maxBytes) {
			return this.out;
		}
		close();
		if (now != null && now.size() > 0 && now.size() + more > this.maxBytes) {
			rotate();
		}
		this.isTorn = endsWithinALine();
		Files.newOutputStream(this.path, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
		// Before it is opened: if it is replaced in between, the next line finds that
		// out.
		this.key = Files.readAttributes(this.path, BasicFileAttributes.class).fileKey();
		this.out = new FileOutputStream(this.path.toFile(), true);
		return this.out;
	}

	/** What has the name now, which may be another file than the one that is open. */
	private @Nullable BasicFileAttributes attributes() throws IOException {
		try {
			return Files.readAttributes(this.path, BasicFileAttributes.class);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	private void rotate() throws IOException {
		for (int i = this.keep - 1; i > 0; i--) {
			if (Files.exists(old(i))) {
				Files.move(old(i), old(i + 1), StandardCopyOption.REPLACE_EXISTING);
			}
		}
		Files.move(this.path, old(1), StandardCopyOption.REPLACE_EXISTING);
	}

	private Path old(int number) {
		return this.path.resolveSibling(this.path.getFileName() + "." + number);
	}

	/** A process may have ended, or a disk been full, in the midst of a line. */
	private boolean endsWithinALine() throws IOException {
		if (!Files.exists(this.path) || Files.size(this.path) == 0) {
			return false;
		}
		try (RandomAccessFile file = new RandomAccessFile(this.path.toFile(), "r")) {
			file.seek(file.length() - 1);
			return file.read() != '\n';
		}
	}

	@Override
	public synchronized void close() throws IOException {
		if (this.out != null) {
			this.out.close();
			this.out = null;
		}
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}
