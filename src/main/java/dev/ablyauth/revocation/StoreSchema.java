package dev.ablyauth.revocation;

import java.util.Map;
import java.util.random.RandomGenerator;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables of the store, made and brought up to date at start. Their names begin with
 * {@code ably_auth_}, because an app may have its own beside them.
 */
final class StoreSchema {

	/** Beside the class, and not where an app keeps its own. */
	private static final String SCRIPTS = "classpath:dev/ablyauth/revocation/db";

	/**
	 * Versions 1.x only add to what version 1 has, so every server with a 1 can use them.
	 */
	private static final int MAJOR = 1;

	private final StoreKind kind;

	private final DataSource database;

	private final RandomGenerator random;

	StoreSchema(StoreKind kind, DataSource database, RandomGenerator random) {
		this.kind = kind;
		this.database = database;
		this.random = random;
	}

	/**
	 * Makes the tables, or finds that they are as they must be.
	 * @throws DenialStoreException if not
	 */
	void prepare() {
		try {
			migrate();
			JdbcClient jdbc = JdbcClient.create(this.database);
			this.kind.weakness(jdbc).ifPresent((weakness) -> {
				throw new DenialStoreException(weakness + ": a denial could be lost after it was acknowledged");
			});
			// Nothing happens where there is a row, and an empty store beside a list is
			// no accident.
			jdbc.sql("insert into ably_auth_store (one, id, change_number, denials, told) select 1, :id, 0, 0, 0"
					+ " where not exists (select 1 from ably_auth_denial) on conflict do nothing")
				.params(Map.of("id", DenialId.next(this.random).toString()))
				.update();
		}
		catch (FlywayException | DataAccessException ex) {
			throw DenialStoreException.of(ex);
		}
	}

	/** Tells whether the store is new, once. */
	boolean isNews() {
		try {
			return JdbcClient.create(this.database)
				.sql("update ably_auth_store set told = 1 where told = 0")
				.update() == 1;
		}
		catch (DataAccessException ex) {
			throw DenialStoreException.of(ex);
		}
	}

	private void migrate() {
		Flyway flyway = Flyway.configure(StoreSchema.class.getClassLoader())
			.dataSource(this.database)
			.locations(SCRIPTS)
			.table("ably_auth_schema")
			.baselineOnMigrate(true)
			.baselineVersion("0")
			.cleanDisabled(true)
			.load();
		MigrationInfo current = flyway.info().current();
		if (current != null && current.getVersion() != null && current.getVersion().getMajor().intValue() > MAJOR) {
			throw new DenialStoreException("has the tables of a newer version of this server, " + current.getVersion()
					+ ", expected " + MAJOR);
		}
		flyway.migrate();
	}

}
