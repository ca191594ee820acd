package dev.ablyauth.revocation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.ablyauth.revocation.TestDenials.wish;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How soon one instance knows what another one was told.
 */
class ListenTests {

	private StorePostgres postgres;

	private TestStore here;

	private TestStore there;

	@BeforeEach
	void start() {
		this.postgres = new StorePostgres();
		this.here = new TestStore(this.postgres.settings()).read();
		this.there = new TestStore(this.postgres.settings()).read();
		this.there.sync.start();
	}

	@AfterEach
	void stop() {
		this.here.close();
		this.there.close();
		this.postgres.close();
	}

	@Test
	void denyWhenListeningThenThereInWellUnderASecondAndAlsoWhenTheConnectionWasCut() throws InterruptedException {
		try (DenyListListener listener = new DenyListListener(StoreConnections.single(this.postgres.settings()),
				this.there.sync::wake)) {
			listener.start();
			Thread.sleep(500);
			List<Duration> times = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				times.add(untilThere("listening" + i));
			}
			Collections.sort(times);
			assertThat(times.get(25)).as("%s", times).isLessThan(Duration.ofMillis(500));
			cut();
			untilThere("cut");
			Thread.sleep(2500);
			assertThat(untilThere("again")).isLessThan(Duration.ofMillis(900));
		}
	}

	@Test
	void denyWhenNobodyListensThenThereAfterTheNextRead() throws InterruptedException {
		for (int i = 0; i < 5; i++) {
			assertThat(untilThere("silent" + i)).isLessThan(Duration.ofSeconds(5));
			Thread.sleep(137);
		}
	}

	private void cut() {
		JdbcClient jdbc = JdbcClient.create(StoreConnections.single(this.postgres.settings()));
		assertThat(jdbc.sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where query ilike 'listen%'")
			.query(Long.class)
			.single()).isPositive();
	}

	private Duration untilThere(String user) throws InterruptedException {
		this.here.denials.deny(wish(Target.Kind.USER_ID, user), null);
		long begun = System.nanoTime();
		while (!this.there.isDenied(user)) {
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
			Thread.sleep(1);
		}
		return Duration.ofNanos(System.nanoTime() - begun);
	}

}
