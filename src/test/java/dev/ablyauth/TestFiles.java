package dev.ablyauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of tests that are gone when the tests are over.
 */
public final class TestFiles {

	private TestFiles() {
	}

	/**
	 * Makes a place for a deny-list of its own.
	 * @return the address of a SQLite file that is not there yet
	 */
	public static String denyList() {
		try {
			Path folder = Files.createTempDirectory("deny-list");
			Path file = folder.resolve("list.db");
			folder.toFile().deleteOnExit();
			for (String suffix : new String[] { "", "-wal", "-shm" }) {
				Path.of(file + suffix).toFile().deleteOnExit();
			}
			return "jdbc:sqlite:" + file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
