package dev.ablyauth.revocation;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import dev.ablyauth.ably.ClockOffset;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.issuing.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.ablyauth.revocation.TestDenials.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the copy does when its store is not what it was.
 */
class DenyListSyncTests {

	@TempDir
	private Path folder;

	private TestStore store;

	@BeforeEach
	void open() {
		this.store = new TestStore(settings());
	}

	private DenyListProperties settings() {
		return TestStore.settings("jdbc:sqlite:" + this.folder.resolve("list.db"));
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	@Test
	void currentBeforeTheFirstReadThenAnOutageAndNotAnEmptyList() {
		assertStale();
		this.store.read();
		assertThat(this.store.isDenied("ann")).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "update ably_auth_store set change_number = 1; is at change 1 and was at 2",
					"update ably_auth_store set id = 'other'; another store",
					"update ably_auth_store set revocations = -1; is at revocation -1 and was at 0 before",
					"update ably_auth_change set denial = OTHER where number = 2; change 2 is another one",
					"delete from ably_auth_store; emptied", "drop table ably_auth_store; no such table",
					"update ably_auth_store set change_number = 9; rows of its tables are missing",
					"alter table ably_auth_store rename column change_number to n; no such column" })
	void readWhenTheStoreIsNotWhatItWasThenTheLastGoodCopyAndOldAfterAWhile(String change, String message) {
		this.store.read();
		this.store.denials.deny(wish(Target.Kind.USER_ID, "zoe"), null);
		this.store.denials.deny(wish(Target.Kind.USER_ID, "ann"), null);
		this.store.read();
		String other = this.store.jdbc()
			.sql("select denial from ably_auth_change where number = 1")
			.query(String.class)
			.single();
		try (LogLines log = new LogLines(DenyListSync.class)) {
			this.store.jdbc().sql(change.replace("OTHER", "'" + other + "'")).update();
			this.store.read();
			this.store.read();
			assertThat(log.of(Level.ERROR)).singleElement().asString().contains(message, "ably-auth.deny-list.url");
		}
		assertThat(this.store.isDenied("ann")).isTrue();
		assertThat(this.store.list.fault()).contains(message.strip());
		pass(Duration.ofSeconds(60));
		assertThat(this.store.isDenied("ann")).isTrue();
		pass(Duration.ofMillis(1));
		assertStale();
	}

	@Test
	void readWhenTheStoreIsAsItWasAgainThenTheCopyIsFresh() {
		this.store.read();
		this.store.denials.deny(wish(Target.Kind.USER_ID, "ann"), null);
		this.store.read();
		this.store.jdbc().sql("alter table ably_auth_store rename to away").update();
		pass(Duration.ofSeconds(61));
		this.store.read();
		assertStale();
		this.store.jdbc().sql("alter table away rename to ably_auth_store").update();
		try (LogLines log = new LogLines(DenyListSync.class)) {
			this.store.read();
			assertThat(log.of(Level.INFO)).containsExactly("The deny-list can be read again");
		}
		assertThat(this.store.isDenied("ann")).isTrue();
		assertThat(this.store.list.fault()).isEmpty();
	}

	/** A read that takes long is as old as its beginning. */
	@Test
	void ageThenSinceTheReadBegan() {
		this.store.read();
		pass(Duration.ofSeconds(7));
		assertThat(this.store.list.age()).isEqualTo(Duration.ofSeconds(7));
	}

	/** Also where the newest change was written here, and was not read back yet. */
	@Test
	void denyAndReadWhenTheStoreIsAnOlderCopyThenRefusedAndTheLastGoodCopy() {
		this.store.read();
		DenialId first = this.store.denials.deny(wish(Target.Kind.USER_ID, "zoe"), null).id();
		this.store.read();
		this.store.denials.deny(wish(Target.Kind.USER_ID, "ann"), null);
		this.store.jdbc().sql("update ably_auth_store set change_number = 1, denials = 1").update();
		this.store.jdbc().sql("delete from ably_auth_change where number = 2").update();
		this.store.jdbc().sql("delete from ably_auth_denial where number = 2").update();
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> this.store.denials.deny(wish(Target.Kind.USER_ID, "bob"), null))
			.satisfies((refused) -> assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE));
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> this.store.denials.allow(first, "olga"));
		this.store.read();
		assertThat(this.store.list.fault()).isEqualTo("it is at change 1 and was at 2 before");
		assertThat(this.store.isDenied("ann")).isTrue();
		assertThat(this.store.isDenied("zoe")).isTrue();
		assertThat(this.store.isDenied("bob")).isFalse();
		assertThat(this.store.jdbc().sql("select count(*) from ably_auth_denial").query(Long.class).single()).isOne();
	}

	@Test
	void denyWhenItCannotBeWrittenThenRefusedAndNothingChanges() {
		this.store.read();
		this.store.jdbc().sql("alter table ably_auth_change rename to away").update();
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> this.store.denials.deny(wish(Target.Kind.USER_ID, "ann"), null))
			.satisfies((refused) -> assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE));
		assertThat(this.store.isDenied("ann")).isFalse();
		this.store.jdbc().sql("alter table away rename to ably_auth_change").update();
		assertThat(this.store.read().isDenied("ann")).isFalse();
		this.store.denials.deny(wish(Target.Kind.USER_ID, "ann"), null);
		assertThat(this.store.isDenied("ann")).isTrue();
	}

	@Test
	void startThenReadsAtOnceWhenWokenAndEachSecondElse() throws InterruptedException {
		try (TestStore other = new TestStore(settings()).read()) {
			this.store.sync.start();
			assertThat(this.store.list.await(Duration.ofSeconds(5))).isTrue();
			other.denials.deny(wish(Target.Kind.USER_ID, "ann"), null);
			this.store.sync.wake();
			assertSoon("ann", Duration.ofMillis(500));
			other.denials.deny(wish(Target.Kind.USER_ID, "bob"), null);
			assertSoon("bob", Duration.ofMillis(2500));
		}
	}

	/** Whatever a read throws, the next one comes. */
	@Test
	void roundWhenABugThenLoggedAndTriedAgain() {
		int[] tries = new int[1];
		DenyListSync sync = new DenyListSync(new DenialReads(StoreConnections.single(settings())), () -> {
			if (tries[0]++ == 0) {
				throw new StackOverflowError("on purpose");
			}
		}, this.store.copy, this.store.outbox, this.store.freshness, Clock.systemUTC(), this.store.lags::add);
		this.store.read();
		sync.round();
		assertThat(sync.fault()).contains("on purpose");
		sync.round();
		assertThat(sync.fault()).isEmpty();
	}

	/** What was written by hand may not be understood, and is not passed by. */
	@Test
	void readWhenARowCannotBeUnderstoodThenAnOutage() {
		this.store.read();
		TestRows.insert(this.store.jdbc(), 1, 3);
		this.store.jdbc().sql("update ably_auth_denial set kind = 'address' where number = 2").update();
		assertThat(List.of(this.store.read().list.fault())).singleElement()
			.asString()
			.startsWith("the denial of change 2 cannot be read: its id or target must be an address");
	}

	/**
	 * A denial seems to be over, is forgotten, and is not over when the clock is right.
	 */
	@Test
	void readWhenTheClockWasDaysAheadThenNothingIsMissingAfterwards() {
		ShiftedClock clock = new ShiftedClock();
		AblyTime time = new AblyTime(clock, ClockOffset.NONE);
		this.store.read();
		this.store.denials.deny(wish(Target.Kind.USER_ID, "ann", Clock.systemUTC().instant().plus(Duration.ofDays(3))),
				null);
		this.store.denials.deny(wish(Target.Kind.USER_ID, "bob"), null);
		try (TestStore before = new TestStore(settings(), time).read()) {
			clock.pass(Duration.ofDays(10));
			try (TestStore since = new TestStore(settings(), time).read()) {
				for (TestStore ahead : List.of(before.read(), since)) {
					assertThat(ahead.list.current().size()).isEqualTo(1);
				}
				clock.pass(Duration.ofDays(-10));
				for (TestStore back : List.of(before.read(), since.read())) {
					assertThat(back.isDenied("ann")).isTrue();
					assertThat(back.isDenied("bob")).isTrue();
				}
			}
		}
	}

	private void assertSoon(String user, Duration longest) throws InterruptedException {
		long end = System.nanoTime() + longest.toNanos();
		while (!this.store.isDenied(user) && System.nanoTime() < end) {
			Thread.sleep(10);
		}
		assertThat(this.store.isDenied(user)).isTrue();
	}

	private void pass(Duration time) {
		this.store.nanos.addAndGet(time.toNanos());
	}

	private void assertStale() {
		assertThat(this.store.list.isGood()).isFalse();
		assertThatExceptionOfType(Refused.class).isThrownBy(this.store.list::current)
			.satisfies((refused) -> assertThat(refused.reason()).isEqualTo(Reason.DENY_LIST_STALE));
	}

}
