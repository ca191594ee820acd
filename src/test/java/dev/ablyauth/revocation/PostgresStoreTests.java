package dev.ablyauth.revocation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

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

	@Test
	void startWhenSeveralAtOnceThenAllFindTheirTables() throws InterruptedException, ExecutionException {
		settings();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<List<String>>> starts = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				starts.add(threads.submit(() -> new StoreCheck(settingsAgain()).problems()));
			}
			for (Future<List<String>> start : starts) {
				assertThat(start.get()).isEmpty();
			}
		}
		finally {
			threads.shutdown();
		}
	}

}
