package dev.ablyauth.revocation;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store in PostgreSQL, beside a table of somebody else.
 */
class PostgresStoreTests extends StoreTests {

	private static StorePostgres postgres;

	@BeforeAll
	static void start() {
		postgres = new StorePostgres();
	}

	@AfterAll
	static void stop() {
		postgres.close();
	}

	@Override
	DenyListProperties settings() {
		JdbcClient jdbc = JdbcClient.create(StoreConnections.single(postgres.settings()));
		jdbc.sql("drop schema public cascade").update();
		jdbc.sql("create schema public").update();
		jdbc.sql("create table accounts (id integer)").update();
		return settingsAgain();
	}

	@Override
	DenyListProperties settingsAgain() {
		return postgres.settings();
	}

}
