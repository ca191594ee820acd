package dev.ablyauth.revocation;

import java.time.Duration;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.Test;

import static dev.ablyauth.revocation.TestDenials.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * PostgreSQL that is killed, stopped, or careless.
 */
class PostgresFaultTests {

	@Test
	void storeWhenStoppedAndKilledThenTheCopyAnswersAndNothingAcknowledgedIsLost() throws InterruptedException {
		try (StorePostgres postgres = new StorePostgres(); TestStore store = new TestStore(postgres.settings())) {
			store.sync.start();
			assertThat(store.list.await(Duration.ofSeconds(10))).isTrue();
			store.denials.deny(wish(Target.Kind.USER_ID, "before"), null);
			postgres.signal("STOP");
			assertAway(store, "stopped", Duration.ofSeconds(8));
			postgres.signal("CONT");
			assertBack(store, "again");
			postgres.kill();
			assertAway(store, "killed", Duration.ofSeconds(4));
			postgres.restart();
			assertBack(store, "after");
			try (TestStore other = new TestStore(postgres.settings()).read()) {
				assertThat(other.isDenied("before")).isTrue();
				assertThat(other.isDenied("again")).isTrue();
				assertThat(other.isDenied("after")).isTrue();
			}
		}
	}

	private static void assertAway(TestStore store, String user, Duration soon) {
		long begun = System.nanoTime();
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> store.denials.deny(wish(Target.Kind.USER_ID, user), null))
			.satisfies((refused) -> assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE));
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(soon);
		long asked = System.nanoTime();
		assertThat(store.isDenied("before")).isTrue();
		assertThat(store.isDenied(user)).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofMillis(100));
	}

	/** Within five seconds. */
	private static void assertBack(TestStore store, String user) throws InterruptedException {
		long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
		while (System.nanoTime() < end) {
			try {
				store.denials.deny(wish(Target.Kind.USER_ID, user), null);
				break;
			}
			catch (Refused ex) {
				Thread.sleep(100);
			}
		}
		while (!store.list.fault().isEmpty() && System.nanoTime() < end) {
			Thread.sleep(50);
		}
		assertThat(store.list.fault()).isEmpty();
		assertThat(store.isDenied(user)).isTrue();
		assertThat(store.isDenied("before")).isTrue();
	}

	@Test
	void problemsWhenCommitsAreNotOnTheDiskThenRefused() {
		try (StorePostgres postgres = new StorePostgres("off")) {
			assertThat(postgres.settings().problems("x")).singleElement()
				.asString()
				.startsWith("x.url: the database cannot be used: runs with synchronous_commit on and fsync off");
			assertThat(TestStore.settings(postgres.url() + "?options=-c%20synchronous_commit=off", "postgres", null)
				.problems("x")).singleElement().asString().contains("synchronous_commit off");
			try (TestStore store = new TestStore(postgres.settings()).read()) {
				assertThatExceptionOfType(Refused.class).isThrownBy(store.list::current);
			}
		}
	}

	@Test
	void problemsWhenThereIsNoSuchDatabaseThenNamedAndWhenAwayThenNone() {
		try (StorePostgres postgres = new StorePostgres()) {
			assertThat(
					TestStore.settings(postgres.url().replace("/postgres", "/nowhere"), "postgres", null).problems("x"))
				.singleElement()
				.asString()
				.contains("nowhere", "3D000");
		}
		assertThat(TestStore.settings("jdbc:postgresql://127.0.0.1:1/app").problems("x")).isEmpty();
		assertThat(TestStore.settings("jdbc:postgresql://nowhere.invalid/app").problems("x")).isEmpty();
	}

}
