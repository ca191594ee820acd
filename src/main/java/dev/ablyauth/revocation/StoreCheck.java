package dev.ablyauth.revocation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.dao.DataAccessException;

/**
 * Looks at the store before the server starts. A file must be good. A database that is
 * away may come back.
 */
final class StoreCheck {

	/** Of SQLite: no file that has anything in it is shorter. */
	private static final int LEAST_BYTES = 512;

	private final DenyListProperties settings;

	private final StoreKind kind;

	private final String url;

	StoreCheck(DenyListProperties settings) {
		this.settings = settings;
		this.url = Objects.requireNonNull(settings.url());
		this.kind = Objects.requireNonNull(StoreKind.of(this.url));
	}

	/** One line for each problem. */
	List<String> problems() {
		try {
			if (this.kind == StoreKind.SQLITE) {
				checkFile(Path.of(this.kind.path(this.url)));
			}
			DataSource database = StoreConnections.single(this.settings);
			if (this.kind == StoreKind.SQLITE) {
				checkPages(database);
			}
			new StoreSchema(this.kind, database, new SecureRandom()).prepare();
			new DenialReads(database).checked();
			return List.of();
		}
		catch (InvalidPathException | IOException ex) {
			return List.of("the folder of the file cannot be made or read");
		}
		catch (DenialStoreException ex) {
			return ex.isAway() ? List.of() : List.of(line(ex));
		}
	}

	private String line(DenialStoreException ex) {
		String what = (this.kind == StoreKind.SQLITE) ? "the file " + this.kind.path(this.url) : "the database";
		return what + " cannot be used: " + ex.getMessage();
	}

	/**
	 * SQLite takes a file of no length, or nearly none, for a new one. One that was cut
	 * is not.
	 */
	private static void checkFile(Path file) throws IOException {
		Path folder = file.toAbsolutePath().getParent();
		if (folder != null) {
			Files.createDirectories(folder);
		}
		if (Files.exists(file) && Files.size(file) < LEAST_BYTES) {
			throw new DenialStoreException("it was cut; remove it if there never was a denial in it");
		}
	}

	private static void checkPages(DataSource database) {
		try {
			List<String> said = JdbcClient.create(database).sql("pragma quick_check(1)").query(String.class).list();
			if (!said.equals(List.of("ok"))) {
				throw new DenialStoreException("it is damaged");
			}
		}
		catch (DataAccessException ex) {
			throw DenialStoreException.of(ex);
		}
	}

}
