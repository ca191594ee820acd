package dev.ablyauth.revocation;

import java.io.IOException;
import java.nio.file.InvalidPathException;
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

	private final DenyListProperties settings;

	private final StoreKind kind;

	StoreCheck(DenyListProperties settings) {
		this.settings = settings;
		this.kind = Objects.requireNonNull(StoreKind.of(Objects.requireNonNull(settings.url())));
	}

	/** One line for each problem. */
	List<String> problems() {
		try {
			StoreFile file = StoreFile.of(this.settings);
			return problems(file);
		}
		catch (InvalidPathException ex) {
			return List.of("there can be no file of this name");
		}
	}

	private List<String> problems(StoreFile file) {
		try {
			file.checkLength();
			file.make();
			DataSource database = StoreConnections.single(this.settings);
			if (this.kind == StoreKind.SQLITE) {
				checkPages(database);
			}
			new StoreSchema(this.kind, database, new SecureRandom()).prepare();
			new DenialReads(database).checked();
			return List.of();
		}
		catch (IOException ex) {
			return List.of(file + " or its folder cannot be made or read");
		}
		catch (DenialStoreException ex) {
			return ex.isAway() ? List.of() : List.of(file + " cannot be used: " + ex.getMessage());
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
