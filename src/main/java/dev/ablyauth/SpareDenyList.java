package dev.ablyauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

import dev.ablyauth.revocation.DenyListProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * Takes the place of a deny-list that is not there, while a command runs: empty, and gone
 * afterwards. A command that made one in the folder where somebody happens to be would
 * have a list that no server reads.
 */
final class SpareDenyList implements AutoCloseable {

	private static final String URL = "ably-auth.deny-list.url";

	private @Nullable Path named;

	private @Nullable Path folder;

	/** Takes the place, if the settings name a file that is not there. */
	void standIn(ConfigurableEnvironment environment) {
		this.named = file(environment.getProperty(URL));
		if (this.named == null || Files.exists(this.named)) {
			return;
		}
		try {
			this.folder = Files.createTempDirectory("ably-auth");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		environment.getPropertySources()
			.addFirst(new MapPropertySource("spareDenyList",
					Map.of(URL, "jdbc:sqlite:" + this.folder.resolve("list.db"))));
	}

	/** Where the list is or ought to be; null if it is in no file. */
	@Nullable Path named() {
		return this.named;
	}

	/** A name that no file can have is told with the other problems. */
	private static @Nullable Path file(@Nullable String url) {
		try {
			return DenyListProperties.file(url);
		}
		catch (InvalidPathException ex) {
			return null;
		}
	}

	@Override
	public void close() {
		try {
			FileSystemUtils.deleteRecursively(this.folder);
		}
		catch (IOException ex) {
			System.err.println("A folder with nothing of use is left: " + this.folder);
		}
	}

}
