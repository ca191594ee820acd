package dev.ablyauth.issuing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that holds an API key and nothing else. Links are followed, so it may be one of
 * a mounted secret.
 */
final class KeyFile {

	/** A key has less than 400. */
	private static final int MAX_BYTES = 1024;

	private KeyFile() {
	}

	/**
	 * Reads a file.
	 * @return its text without white space around it, never empty
	 * @throws IllegalArgumentException if there is none, or if everybody on this machine
	 * can read or change it; the message names the file and never repeats any of it
	 */
	static String read(Path file) {
		try {
			requirePrivate(file);
			return text(file);
		}
		catch (NoSuchFileException ex) {
			throw unusable(file, "cannot be read: there is no such file");
		}
		catch (AccessDeniedException ex) {
			throw unusable(file, "cannot be read: this process may not");
		}
		catch (CharacterCodingException ex) {
			throw unusable(file, "is not text");
		}
		catch (IOException ex) {
			throw unusable(file, "cannot be read");
		}
	}

	private static void requirePrivate(Path file) throws IOException {
		try {
			PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
			if (!attributes.isRegularFile()) {
				throw unusable(file, "cannot be read: it is no plain file");
			}
			Set<PosixFilePermission> modes = attributes.permissions();
			if (modes.contains(PosixFilePermission.OTHERS_READ) || modes.contains(PosixFilePermission.OTHERS_WRITE)) {
				throw unusable(file, "is open to everybody on this machine (" + PosixFilePermissions.toString(modes)
						+ "), expected the mode 0600, or 0440 with a group of this server");
			}
		}
		catch (UnsupportedOperationException ex) {
			// This system knows no such modes.
			if (!Files.isRegularFile(file) && Files.exists(file)) {
				throw unusable(file, "cannot be read: it is no plain file");
			}
		}
	}

	private static String text(Path file) throws IOException {
		try (InputStream stream = Files.newInputStream(file)) {
			byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
			if (bytes.length > MAX_BYTES) {
				throw unusable(file, "has more than " + MAX_BYTES + " bytes, expected a key and nothing else");
			}
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
			if (text.isEmpty()) {
				throw unusable(file, "is empty");
			}
			return text;
		}
	}

	private static IllegalArgumentException unusable(Path file, String why) {
		return new IllegalArgumentException("the file " + file + " " + why);
	}

}
