package dev.ablyauth.revocation;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static dev.ablyauth.revocation.TestDenials.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Many who want to write to one file, of whom SQLite lets one at a time.
 */
class StoreLockTests {

	@TempDir
	private Path folder;

	private TestStore store;

	@BeforeEach
	void open() {
		this.store = new TestStore(TestStore.settings(url())).read();
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	private String url() {
		return "jdbc:sqlite:" + this.folder.resolve("list.db");
	}

	@Test
	void denyWhenAnotherProcessHasTheLockThenRefusedAndTheNextOneIsWhole() throws SQLException {
		try (Connection other = DriverManager.getConnection(url()); Statement statement = other.createStatement()) {
			statement.execute("begin immediate");
			assertThatExceptionOfType(Refused.class)
				.isThrownBy(() -> this.store.denials.deny(wish(Target.Kind.USER_ID, "ann"), null));
			statement.execute("rollback");
		}
		this.store.denials.deny(wish(Target.Kind.USER_ID, "bob"), null);
		assertThat(this.store.read().isDenied("bob")).isTrue();
		assertThat(this.store.isDenied("ann")).isFalse();
		assertRows(1);
	}

	@Test
	void denyWhenManyDoThenNobodyIsRefused() throws Exception {
		ExecutorService admins = Executors.newFixedThreadPool(16);
		try {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < 800; i++) {
				String user = "user" + i;
				all.add(admins.submit(() -> this.store.denials.deny(wish(Target.Kind.USER_ID, user), null)));
			}
			for (Future<?> each : all) {
				each.get();
			}
		}
		finally {
			admins.shutdownNow();
		}
		assertRows(800);
	}

	/** What is written together agrees. */
	private void assertRows(int count) {
		JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(url()));
		for (String sql : List.of("select count(*) from ably_auth_denial", "select count(*) from ably_auth_change",
				"select denials from ably_auth_store", "select change_number from ably_auth_store")) {
			assertThat(jdbc.sql(sql).query(Integer.class).single()).as(sql).isEqualTo(count);
		}
	}

}
