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

	void check() {
		this.kind.weakness(this.jdbc).ifPresent((weakness) -> {
			throw new DenialStoreException(weakness);
		});
	}

}
