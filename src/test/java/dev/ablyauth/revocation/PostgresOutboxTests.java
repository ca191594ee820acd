package dev.ablyauth.revocation;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Revocations in PostgreSQL, where instances wait for each other.
 */
class PostgresOutboxTests extends OutboxTests {

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
		return settingsAgain();
	}

	@Override
	DenyListProperties settingsAgain() {
		return postgres.settings();
	}

	@Test
	void sendWhenAnotherInstanceDoesNotHaveTheDenialThenWaitsForFiveSeconds() {
		here().deny("ann");
		clock().pass(Duration.ofSeconds(2));
		here().send();
		assertThat(ably().revocations()).isEmpty();
		clock().pass(Duration.ofSeconds(4));
		here().send();
		assertThat(ably().revocations()).hasSize(1);
	}

	@Test
	void sendWhenTheOtherInstanceHasTheDenialThenAtOnce() {
		here().deny("ann");
		clock().pass(Duration.ofSeconds(2));
		there().read();
		here().send();
		assertThat(ably().revocations()).hasSize(1);
	}

	/** Also while PostgreSQL has no statistics of the table. More than 5 s fail. */
	@Test
	void claimWhenTenThousandWaitThenInTime() {
		for (int i = 0; i < 10; i++) {
			String group = "g" + i + "-";
			here().revoke(IntStream.range(0, 1000).mapToObj((j) -> group + j).toArray(String[]::new));
		}
		clock().pass(Duration.ofSeconds(6));
		assertThat(here().claims.claim(here().ablyNow(), new Reached(99, 99), Set.of()).orElseThrow().rows())
			.hasSize(100);
		assertThat(here().claims.next(here().ablyNow())).isPresent();
	}

	/** Its second is a new one. */
	@Test
	void repeatThenTheOthersHearOfItAtOnce() throws SQLException {
		here().deny("ann");
		clock().pass(Duration.ofSeconds(6));
		here().send();
		try (Connection listening = StoreConnections.single(settingsAgain()).getConnection();
				Statement statement = listening.createStatement()) {
			statement.execute("listen " + StoreKind.CHANNEL);
			clock().pass(LateTokens.after(Duration.ofSeconds(60)).plusSeconds(5));
			here().send();
			assertThat(listening.unwrap(PGConnection.class).getNotifications(2000)).isNotEmpty();
		}
	}

	/** By the clock of the database, whatever those of the instances say. */
	@Test
	void sendWhenTheOtherInstanceIsGoneThenDoesNotWait() {
		here().store.jdbc().sql("update ably_auth_instance set seen = seen - 5000").update();
		here().deny("ann");
		clock().pass(Duration.ofSeconds(2));
		here().send();
		assertThat(ably().revocations()).hasSize(1);
		here().store.jdbc().sql("update ably_auth_instance set seen = seen - 90000000").update();
		try (TestStore other = new TestStore(settingsAgain()).read()) {
			assertThat(other.jdbc().sql("select count(*) from ably_auth_instance").query(Long.class).single())
				.isEqualTo(1);
		}
	}

}
