package dev.ablyauth.faults;

import java.time.Duration;

import dev.ablyauth.revocation.StorePostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * An older version beside a newer one at one PostgreSQL, and the way back.
 */
@Tag("long")
class NewerTablesTests {

	private static final String ROW = "insert into ably_auth_schema select 9, '%s', 'x', 'SQL', 'x.sql', 1,"
			+ " installed_by, installed_on, 1, true from ably_auth_schema where version = '1'";

	private static final Duration SOON = Duration.ofSeconds(5);

	@Test
	void tablesWhenALaterVersionHasAddedToThemThenUsedAndAlsoWhenItIsTakenBack() {
		try (StorePostgres postgres = new StorePostgres();
				ServerProcess old = ServerProcess.start(StoreSettings.at(postgres.url())).ready()) {
			JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(postgres.url(), "postgres", ""));
			assertThat(old.call().deny("before").status()).isEqualTo(201);
			jdbc.sql("alter table ably_auth_denial add column note varchar(10)").update();
			jdbc.sql("alter table ably_auth_store add column notes bigint not null default 0").update();
			jdbc.sql("create table ably_auth_note (id varchar(32) primary key)").update();
			jdbc.sql(ROW.formatted("1.9")).update();
			try (ServerProcess other = ServerProcess.start(StoreSettings.at(postgres.url())).ready()) {
				assertBoth(old, other, "added");
				jdbc.sql("delete from ably_auth_schema where version = '1.9'").update();
				jdbc.sql("drop table ably_auth_note").update();
				jdbc.sql("alter table ably_auth_store drop column notes").update();
				jdbc.sql("alter table ably_auth_denial drop column note").update();
				assertBoth(other, old, "back");
			}
			try (ServerProcess again = old.again().ready()) {
				assertBoth(old, again, "again");
				assertThat(again.call().token("added").status()).isEqualTo(403);
			}
		}
	}

	private static void assertBoth(ServerProcess one, ServerProcess other, String user) {
		assertThat(one.call().deny(user).status()).isEqualTo(201);
		Eventually.is(SOON, () -> other.call().token(user).status() == 403, () -> user + " still gets tokens");
		assertThat(other.call().deny(user + "-too").status()).isEqualTo(201);
		Eventually.is(SOON, () -> one.call().token(user + "-too").status() == 403, () -> user + " still gets tokens");
		assertThat(one.call().token("before").status()).isEqualTo(403);
		assertThat(other.call().token("before").status()).isEqualTo(403);
		assertThat(other.call().token("ann").status()).isEqualTo(200);
	}

	@Test
	void tablesWhenOfTheNextMajorVersionThenTheServerDoesNotStart() {
		try (StorePostgres postgres = new StorePostgres()) {
			ServerProcess.start(StoreSettings.at(postgres.url())).ready().close();
			JdbcClient.create(new DriverManagerDataSource(postgres.url(), "postgres", ""))
				.sql(ROW.formatted("2"))
				.update();
			assertThatIllegalStateException().isThrownBy(() -> ServerProcess.start(StoreSettings.at(postgres.url())))
				.withMessageContaining("ably-auth.deny-list.url: the database cannot be used: has the tables of a newer"
						+ " version of this server, 2");
		}
	}

}
