package dev.ablyauth.ably;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.ablyauth.Skip;

/**
 * Third-party test data, kept beside the project and not in it. Where it is not there,
 * the tests that need it are skipped and say so.
 */
public final class Corpora {

	private static final Path FOLDER = Path.of("..", "shared", "corpora");

	private Corpora() {
	}

	/**
	 * Returns a file or folder of the corpora, or skips the test.
	 * @param name path below the folder
	 * @return where it is
	 */
	public static Path path(String name) {
		Path path = FOLDER.resolve(name);
		Skip.unless(Files.exists(path), "no " + path + ", the third-party test data is not here");
		return path;
	}

	/**
	 * Reads a text file of the corpora, or skips the test.
	 * @param name path below the folder
	 * @return its text
	 */
	public static String text(String name) {
		try {
			return Files.readString(path(name), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
