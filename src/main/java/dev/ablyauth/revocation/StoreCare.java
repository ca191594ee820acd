package dev.ablyauth.revocation;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Refuses a write that could be lost after it was acknowledged.
 */
final class StoreCare {

	private final StoreKind kind;

	private final JdbcClient jdbc;

	StoreCare(StoreKind kind, DataSource database) {
		this.kind = kind;
		this.jdbc = JdbcClient.create(database);
	}

	/** Tells other instances at once, when the transaction is committed. */
	void announce() {
		this.kind.announce(this.jdbc);
	}

	void check() {
		this.kind.weakness(this.jdbc).ifPresent((weakness) -> {
			throw new DenialStoreException(weakness);
		});
	}

}
