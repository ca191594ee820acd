package dev.ablyauth.revocation;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;

import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static dev.ablyauth.revocation.TestDenials.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A store that cannot be relied on keeps the server from starting, and never becomes an
 * empty list.
 */
class StoreCheckTests {

	private static final int ROWS = 3000;

	@TempDir
	private Path folder;

	private Path file() {
		return this.folder.resolve("made/list.db");
	}

	private DenyListProperties settings(String parameters) {
		return TestStore.settings("jdbc:sqlite:" + file() + parameters);
	}

	private List<String> problems() {
		return settings("").problems("x");
	}

	@Test
	void problemsWhenThereIsNoFileThenNoneAndItIsMade() {
		assertThat(problems()).isEmpty();
		assertThat(file()).isNotEmptyFile();
		assertThat(problems()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {
			"insert into ably_auth_schema select 9, '2', 'x', 'SQL', 'x.sql', 1, installed_by, installed_on, 1, success from ably_auth_schema limit 1;"
					+ " tables of a newer version of this server, 2",
			"delete from ably_auth_denial; rows of its tables are missing",
			"delete from ably_auth_denial where number = 7; rows of its tables are missing",
			"delete from ably_auth_change where number = 7; rows of its tables are missing",
			"delete from ably_auth_store; rows of its tables are missing", "drop table ably_auth_store; no such table",
			"drop table ably_auth_change; no such table" })
	void problemsWhenTheTablesAreNotAsTheyMustBeThenNamed(String change, String message) {
		fill();
		unbound().sql(change).update();
		assertThat(problems()).singleElement()
			.asString()
			.startsWith("x.url: the file " + file() + " cannot be used: ")
			.contains(message.strip());
	}

	/**
	 * A later 1.x adds and takes nothing away, so both can run while servers are replaced
	 * one by one.
	 */
	@Test
	void problemsWhenTheTablesHaveMoreThanWeKnowThenNone() {
		fill();
		unbound().sql("alter table ably_auth_denial add column note text").update();
		unbound().sql(
				"insert into ably_auth_schema select 9, '1.9', 'x', 'SQL', 'x.sql', 1, installed_by, installed_on, 1, success from ably_auth_schema limit 1")
			.update();
		assertThat(problems()).isEmpty();
		try (TestStore store = new TestStore(settings("")).read()) {
			store.denials.deny(wish(Target.Kind.USER_ID, "ann"), null);
			assertThat(store.isDenied("ann")).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "?synchronous=OFF", "?synchronous=NORMAL", "?journal_mode=DELETE", "?journal_mode=MEMORY" })
	void problemsWhenTheAddressAsksForLessThenEitherRefusedOrNotDone(String parameters) {
		List<String> problems = settings(parameters).problems("x");
		if (problems.isEmpty()) {
			JdbcClient jdbc = JdbcClient.create(StoreConnections.single(settings(parameters)));
			assertThat(jdbc.sql("pragma synchronous").query(Integer.class).single()).isEqualTo(2);
			assertThat(jdbc.sql("pragma journal_mode").query(String.class).single()).isEqualTo("wal");
		}
		else {
			assertThat(problems).singleElement().asString().contains("a denial could be lost");
		}
	}

	@Test
	void problemsWhenInMemoryThenRefused() {
		assertThat(TestStore.settings("jdbc:sqlite::memory:").problems("x")).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 99, 100, 511, 4095, 4096, 5000, 8192, 40_960, 200_000, -4096 })
	void problemsWhenCutThenNamed(int length) throws IOException {
		fill();
		try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
			channel.truncate((length < 0) ? channel.size() + length : length);
		}
		assertThat(problems()).singleElement().asString().contains("cannot be used");
	}

	/** A last page that is not whole is what a crash may leave, and SQLite mends it. */
	@Test
	void problemsWhenTheLastPageIsCutThenTheListIsWhole() throws IOException {
		fill();
		try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
			channel.truncate(channel.size() - 1);
		}
		assertThat(problems()).isEmpty();
		try (TestStore store = new TestStore(settings("")).read()) {
			assertThat(store.list.current().size()).isEqualTo(ROWS);
		}
	}

	@Test
	void problemsWhenItIsNoDatabaseThenNamed() throws IOException {
		Files.createDirectories(file().getParent());
		Files.writeString(file(), "no database ".repeat(1000));
		assertThat(problems()).singleElement().asString().contains("not a database");
		Files.delete(file());
		Files.createDirectory(file());
		assertThat(problems()).isNotEmpty();
	}

	/**
	 * Each page of the file in turn. A changed letter in a text is beyond what a database
	 * can see.
	 */
	@Test
	void problemsWhenBytesAreChangedThenNamedOrTheListIsWhole() throws IOException {
		fill();
		byte[] good = Files.readAllBytes(file());
		Random random = new Random(17);
		int found = 0;
		int step = good.length / 60;
		for (int place = 0; place < good.length; place += step) {
			byte[] bad = good.clone();
			for (int i = place; i < Math.min(place + 24, bad.length); i++) {
				bad[i] = (byte) random.nextInt(256);
			}
			Files.write(file(), bad);
			if (problems().isEmpty()) {
				try (TestStore store = new TestStore(settings("")).read()) {
					DenyListSnapshot known = store.list.lastKnown();
					assertThat(known == null || known.size() >= ROWS - 30).as("at %s", place).isTrue();
				}
			}
			else {
				found++;
			}
			Files.deleteIfExists(Path.of(file() + "-wal"));
			Files.deleteIfExists(Path.of(file() + "-shm"));
		}
		assertThat(found).isPositive();
	}

	@Test
	void denyWhenTheDiskIsFullThenRefusedAndWhatWasThereStays() {
		fill();
		long pages = JdbcClient.create(StoreConnections.single(settings("")))
			.sql("pragma page_count")
			.query(Long.class)
			.single();
		try (TestStore store = new TestStore(settings("?max_page_count=" + (pages + 3))).read()) {
			assertThatExceptionOfType(Refused.class).isThrownBy(() -> {
				for (int i = 0; i < 1000; i++) {
					store.denials.deny(wish(Target.Kind.USER_ID, "late" + i), null);
				}
			});
			int size = store.read().list.current().size();
			assertThat(size).isBetween(ROWS, ROWS + 999);
			assertThat(store.isDenied("late" + (size - ROWS - 1))).isTrue();
			assertThat(store.isDenied("late" + (size - ROWS))).isFalse();
			assertThat(store.isDenied("user77")).isTrue();
		}
		assertThat(problems()).isEmpty();
	}

	private void fill() {
		assertThat(problems()).isEmpty();
		try (TestStore store = new TestStore(settings("")).read()) {
			TestRows.insert(store.jdbc(), 1, ROWS);
			store.jdbc().sql("pragma wal_checkpoint(truncate)").query().listOfRows();
		}
	}

	/** As somebody with a tool of their own. */
	private JdbcClient unbound() {
		return JdbcClient.create(new DriverManagerDataSource("jdbc:sqlite:" + file()));
	}

}
