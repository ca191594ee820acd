package dev.ablyauth.revocation;

import java.nio.file.Path;
import java.util.List;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static dev.ablyauth.revocation.TestDenials.wish;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store of the first version meets this one, and a server of the first version the
 * store that this one has made of it.
 */
class StoreUpgradeTests {

	private static final int ROWS = 50;

	@TempDir
	private Path folder;

	private DataSource database;

	@BeforeEach
	void makeAsTheFirstVersionDid() {
		this.database = new DriverManagerDataSource(url());
		Flyway.configure()
			.dataSource(this.database)
			.locations("classpath:dev/ablyauth/revocation/db")
			.table("ably_auth_schema")
			.target(MigrationVersion.fromVersion("1"))
			.load()
			.migrate();
		jdbc().sql("insert into ably_auth_store (one, id, change_number, denials) values (1, 'store', 0, 0)").update();
		TestRows.insert(jdbc(), 1, ROWS);
	}

	@Test
	void startThenTheTablesAreThoseOfNowAndNothingIsLost() {
		assertThat(tables()).doesNotContain("ably_auth_revocation");
		assertThat(TestStore.settings(url()).problems("x")).isEmpty();
		assertThat(tables()).contains("ably_auth_revocation");
		try (TestStore store = new TestStore(TestStore.settings(url())).read()) {
			assertThat(store.list.current().size()).isEqualTo(ROWS);
			store.denials.deny(wish(Target.Kind.USER_ID, "ann"), null);
			assertThat(store.isDenied("ann")).isTrue();
		}
	}

	/** What the first version writes names no column that came later. */
	@Test
	void writeByTheFirstVersionThenThisOneHasItWithItsNextRead() {
		assertThat(TestStore.settings(url()).problems("x")).isEmpty();
		try (TestStore store = new TestStore(TestStore.settings(url())).read()) {
			TestRows.insert(jdbc(), ROWS + 1, 1);
			assertThat(store.read().isDenied("user" + (ROWS + 1))).isTrue();
		}
	}

	private String url() {
		return "jdbc:sqlite:" + this.folder.resolve("list.db");
	}

	private JdbcClient jdbc() {
		return JdbcClient.create(this.database);
	}

	private List<String> tables() {
		return jdbc().sql("select name from sqlite_master where type = 'table'").query(String.class).list();
	}

}
