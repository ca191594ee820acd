package dev.ablyauth.faults;

import java.time.Duration;

import dev.ablyauth.revocation.StorePostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store that answers, and is not to be believed.
 */
@Tag("long")
class StoreSpoiltTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final int STALENESS = 12;

	private StorePostgres postgres;

	private BrokenWire wire;

	private ServerProcess server;

	@BeforeEach
	void start() {
		this.postgres = new StorePostgres();
		this.wire = new BrokenWire(this.postgres.port());
		this.server = ServerProcess
			.start(StoreSettings.at(this.wire.postgres(), "ably-auth.deny-list.max-staleness=" + STALENESS + "s"))
			.ready();
		assertThat(this.server.call().deny("before").status()).isEqualTo(201);
		assertThat(this.server.call().deny("allowed").status()).isEqualTo(201);
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.wire.close();
		this.postgres.close();
	}

	@Test
	void storeWhenRubbishComesThenWhatIsKnownStaysAndThen503AndThenAllAsBefore() {
		this.wire.rubbish();
		assertRefusedAndOldInTheEnd();
		this.wire.mend();
		assertBack();
	}

	/** As a replica is, or a server whose disk is nearly full. */
	@Test
	void storeWhenReadOnlyThenTokensAndNoDenials() {
		admin().sql("alter database postgres set default_transaction_read_only = on").update();
		this.wire.cut();
		this.wire.mend();
		Eventually.pause((STALENESS + 3) * 1000L);
		assertThat(this.server.call().get("/readyz").status()).isEqualTo(200);
		assertRefused();
		assertThat(this.server.call().token("ann").status()).isEqualTo(200);
		admin().sql("alter database postgres reset default_transaction_read_only").update();
		this.wire.cut();
		this.wire.mend();
		assertBack();
	}

	@Test
	void storeWhenATableIsGoneThenWhatIsKnownStaysAndThen503AndThenAllAsBefore() {
		JdbcClient.create(new DriverManagerDataSource(this.postgres.url(), "postgres", ""))
			.sql("alter table ably_auth_store rename to somewhere_else")
			.update();
		assertRefusedAndOldInTheEnd();
		assertThat(this.server.output()).contains("cannot be read, what was read last stays in use");
		JdbcClient.create(new DriverManagerDataSource(this.postgres.url(), "postgres", ""))
			.sql("alter table somewhere_else rename to ably_auth_store")
			.update();
		assertBack();
	}

	/** A copy of yesterday, or the database of somebody else, in its place. */
	@Test
	void storeWhenAnOlderCopyOrAnotherOneThenWhatIsKnownStaysAndThen503() {
		this.wire.cut();
		eventually("create database older template postgres");
		this.wire.mend();
		assertBack();
		swap("postgres", "newer", "older");
		assertRefusedAndOldInTheEnd();
		swap("postgres", "older", "newer");
		assertBack();
		this.wire.cut();
		eventually("create database other");
		swap("postgres", "newer", "other");
		assertRefusedAndOldInTheEnd();
		swap("postgres", "other", "newer");
		assertBack();
	}

	/** Gives a database another name, and its name to another one. */
	private void swap(String name, String away, String instead) {
		this.wire.cut();
		eventually("alter database " + name + " rename to " + away);
		eventually("alter database " + instead + " rename to " + name);
		this.wire.mend();
	}

	/** Connections that were cut are noticed by PostgreSQL a moment later. */
	private void eventually(String sql) {
		Eventually.is(SOON, () -> {
			try {
				admin().sql(sql).update();
				return true;
			}
			catch (RuntimeException ex) {
				return false;
			}
		}, () -> sql);
	}

	private JdbcClient admin() {
		return JdbcClient.create(new DriverManagerDataSource(
				"jdbc:postgresql://127.0.0.1:" + this.postgres.port() + "/template1", "postgres", ""));
	}

	private void assertRefusedAndOldInTheEnd() {
		long begun = System.nanoTime();
		assertRefused();
		if (System.nanoTime() - begun < Duration.ofSeconds(STALENESS - 3).toNanos()) {
			assertThat(this.server.call().token("ann").status()).isEqualTo(200);
		}
		this.server.await("/readyz", 503, Duration.ofSeconds(STALENESS + 5));
		assertThat(this.server.call().token("ann").status()).isEqualTo(503);
		assertThat(this.server.call().token("before").status()).isEqualTo(503);
		assertThat(this.server.call().get("/livez").status()).isEqualTo(200);
		assertRefused();
	}

	private void assertRefused() {
		Answer denied = this.server.call().deny("meanwhile");
		assertThat(denied.status()).as("%s", denied).isEqualTo(503);
		assertThat(this.server.call().token("before").status()).isIn(403, 503);
		assertThat(this.server.call().token("meanwhile").status()).isIn(200, 503);
	}

	private void assertBack() {
		this.server.await("/readyz", 200, SOON);
		Eventually.is(SOON, () -> this.server.call().deny("after").status() == 201, () -> "no denial can be written");
		assertThat(this.server.call().token("before").status()).isEqualTo(403);
		assertThat(this.server.call().token("after").status()).isEqualTo(403);
		assertThat(this.server.call().token("ann").status()).isEqualTo(200);
	}

}
