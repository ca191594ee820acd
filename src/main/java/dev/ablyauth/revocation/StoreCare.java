package dev.ablyauth.revocation;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Refuses a write that could be lost after it was acknowledged.
 */
final class StoreCare {

	private final StoreKind kind;

	private final JdbcClient jdbc;

	private final StoreFile file;

	StoreCare(StoreKind kind, DataSource database, StoreFile file) {
		this.kind = kind;
		this.jdbc = JdbcClient.create(database);
		this.file = file;
	}

	/** Tells other instances at once, when the transaction is committed. */
	void announce() {
		this.kind.announce(this.jdbc);
	}

	/**
	 * Looks at it, within the transaction of the write.
	 * @throws DenialStoreException if so
	 */
	void check() {
		this.file.check();
		this.kind.weakness(this.jdbc).ifPresent((weakness) -> {
			throw new DenialStoreException(weakness);
		});
	}

}
