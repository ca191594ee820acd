package dev.ablyauth.revocation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

import dev.ablyauth.ably.ClockOffset;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.ablyauth.revocation.TestDenials.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every store must do, whichever database it is.
 */
abstract class StoreTests {

	/** Two instances at one store. */
	private TestStore here;

	private TestStore there;

	/** A database with no tables. */
	abstract DenyListProperties settings();

	@BeforeEach
	void open() {
		DenyListProperties settings = settings();
		this.here = new TestStore(settings).read();
		this.there = new TestStore(settings).read();
	}

	@AfterEach
	void close() {
		this.here.close();
		this.there.close();
	}

	@ParameterizedTest
	@EnumSource(Target.Kind.class)
	void denyThenHereAtOnceThereAfterTheNextReadAndAfterARestart(Target.Kind kind) {
		String value = (kind == Target.Kind.ADDRESS) ? "192.0.2.7" : "ann \u00e4\ud83d\ude00";
		Denial denial = this.here.denials.deny(wish(kind, value), null);
		assertThat(find(this.here, kind, value)).contains(denial.id());
		assertThat(find(this.there, kind, value)).isEmpty();
		assertThat(find(this.there.read(), kind, value)).contains(denial.id());
		try (TestStore later = new TestStore(settingsAgain()).read()) {
			assertThat(find(later, kind, value)).contains(denial.id());
			assertThat(later.denials.find(denial.id())).contains(denial);
		}
		assertThat(this.here.denials.allow(denial.id(), "olga")).get()
			.satisfies((ended) -> assertThat(ended.endedBy()).isEqualTo("olga"));
		assertThat(find(this.here, kind, value)).isEmpty();
		assertThat(find(this.there.read(), kind, value)).isEmpty();
		assertThat(this.there.lags).isNotEmpty()
			.allSatisfy((lag) -> assertThat(lag).isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(10)));
	}

	/** ASVS 1.2.4: values are parameters. */
	@ParameterizedTest
	@ValueSource(
			strings = { "ann' or '1'='1", "x'; delete from ably_auth_denial; --", "%", "\\", "\"", ":id", "?", "$1" })
	void denyWhenTheTargetLooksLikeSqlThenJustThatIsDenied(String value) {
		Denial denial = this.here.denials
			.deny(new DenialWish(new Target(Target.Kind.USER_ID, value), value, value, null), null);
		assertThat(this.there.read().isDenied(value)).isTrue();
		assertThat(this.there.isDenied("ann")).isFalse();
		assertThat(search(Target.Kind.USER_ID, value, value, false, null, 10)).containsExactly(denial);
		assertThat(search(Target.Kind.USER_ID, "ann", null, true, null, 10)).isEmpty();
	}

	/** The same database as {@link #settings()} gave last. */
	abstract DenyListProperties settingsAgain();

	@Test
	void allowWhenRepeatedOrUnknownThenNothingChanges() {
		Denial denial = this.here.denials.deny(wish(Target.Kind.USER_ID, "ann"), null);
		Optional<Denial> first = this.here.denials.allow(denial.id(), "olga");
		long number = number(this.here);
		assertThat(this.there.denials.allow(denial.id(), "paul")).isEqualTo(first);
		assertThat(this.here.denials.allow(new DenialId(1, 2), "olga")).isEmpty();
		assertThat(number(this.here)).isEqualTo(number);
	}

	@Test
	void denyWhenTheEndIsOverThenRefusedAndNothingChanges() {
		Instant over = Clock.systemUTC().instant().minusSeconds(1);
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> this.here.denials.deny(wish(Target.Kind.USER_ID, "ann", over), null))
			.satisfies((refused) -> assertThat(refused.reason()).isEqualTo(Reason.INVALID_REQUEST));
		assertThat(number(this.here)).isZero();
	}

	@Test
	void denyWhenTheKeyWasUsedThenTheFirstDenialOrARefusalForAnotherBody() {
		DenialWish wish = wish(Target.Kind.USER_ID, "ann");
		Denial first = this.here.denials.deny(wish, new Once("k1", "body"));
		assertThat(this.there.denials.deny(wish, new Once("k1", "body"))).isEqualTo(first);
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> this.there.denials.deny(wish, new Once("k1", "other")))
			.satisfies((refused) -> assertThat(refused.reason()).isEqualTo(Reason.KEY_REUSED));
		assertThat(number(this.here)).isEqualTo(1);
		DenialWish ofSomebodyElse = new DenialWish(wish.target(), "spam", "paul", null);
		assertThat(this.here.denials.deny(ofSomebodyElse, new Once("k1", "other")).id()).isNotEqualTo(first.id());
	}

	@Test
	void denyWhenTheKeyIsOlderThanAWeekThenANewCallAndOldKeysGoInSteps() {
		ShiftedClock clock = new ShiftedClock();
		AblyTime time = new AblyTime(clock, ClockOffset.NONE);
		DenialWish wish = wish(Target.Kind.USER_ID, "ann");
		try (TestStore store = new TestStore(settingsAgain(), time).read()) {
			Denial first = store.denials.deny(wish, new Once("k1", "body"));
			TestRows.insertKeys(store.jdbc(), OldKeys.MOST + 5);
			clock.pass(Duration.ofDays(7).minusHours(1));
			store.denials.deny(wish, new Once("k2", "body"));
			assertThat(keys(store)).isEqualTo(7);
			store.denials.deny(wish, new Once("k3", "body"));
			assertThat(keys(store)).isEqualTo(3);
			assertThat(store.denials.deny(wish, new Once("k1", "body"))).isEqualTo(first);
			clock.pass(Duration.ofHours(2));
			store.denials.deny(wish, new Once("k4", "body"));
			assertThat(keys(store)).isEqualTo(3);
			assertThat(store.denials.deny(wish, new Once("k1", "other")).id()).isNotEqualTo(first.id());
		}
	}

	private static int keys(TestStore store) {
		return store.jdbc().sql("select count(*) from ably_auth_idempotency").query(Integer.class).single();
	}

	@Test
	void searchThenTheNewestFirstByEachFilterAndInPages() {
		Denial ann = this.here.denials.deny(wish(Target.Kind.USER_ID, "ann"), null);
		Denial key = this.here.denials.deny(wish(Target.Kind.REVOCATION_KEY, "ann"), null);
		Denial bob = this.here.denials
			.deny(new DenialWish(new Target(Target.Kind.USER_ID, "bob"), "abuse", "paul", null), null);
		this.here.denials.allow(key.id(), "olga");
		assertThat(search(null, null, null, false, null, 10)).containsExactly(bob, ann);
		assertThat(search(null, null, null, true, null, 10)).extracting(Denial::id)
			.containsExactly(bob.id(), key.id(), ann.id());
		assertThat(search(Target.Kind.USER_ID, null, null, true, null, 10)).containsExactly(bob, ann);
		assertThat(search(Target.Kind.USER_ID, "ann", null, true, null, 10)).containsExactly(ann);
		assertThat(search(null, null, "paul", true, null, 10)).containsExactly(bob);
		assertThat(search(null, null, null, true, null, 1)).containsExactly(bob);
		assertThat(search(null, null, null, true, key.id(), 1)).containsExactly(ann);
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> search(null, null, null, true, new DenialId(1, 2), 1))
			.withMessageStartingWith("after: there is no denial");
	}

	private List<Denial> search(Target.@Nullable Kind kind, @Nullable String value, @Nullable String author,
			boolean all, @Nullable DenialId after, int limit) {
		return this.there.denials.search(new DenialSearch(kind, value, author, all, after, limit));
	}

	@Test
	void searchWhenOverByItsOwnEndThenNotAmongTheActive() throws InterruptedException {
		Instant soon = Clock.systemUTC().instant().plusMillis(300).truncatedTo(ChronoUnit.MILLIS);
		Denial denial = this.here.denials.deny(wish(Target.Kind.USER_ID, "ann", soon), null);
		assertThat(this.here.isDenied("ann")).isTrue();
		Thread.sleep(400);
		assertThat(this.here.isDenied("ann")).isFalse();
		assertThat(search(null, null, null, false, null, 10)).isEmpty();
		assertThat(search(null, null, null, true, null, 10)).containsExactly(denial);
	}

	/** The order of numbers is the order of commits, so a reader never passes one by. */
	@Test
	void denyWhenManyWriteAtOnceThenNoNumberIsMissingAndNobodyIsMissed() throws Exception {
		ExecutorService writers = Executors.newFixedThreadPool(6);
		List<Future<Denial>> written = new ArrayList<>();
		for (int i = 0; i < 120; i++) {
			TestStore store = (i % 2 == 0) ? this.here : this.there;
			String user = "user" + i;
			written.add(writers.submit(() -> store.denials.deny(wish(Target.Kind.USER_ID, user), null)));
		}
		List<Long> numbers = new ArrayList<>();
		try (TestStore reader = new TestStore(settingsAgain())) {
			while (numbers.size() < written.size()) {
				Denial denial = written.get(numbers.size()).get();
				numbers.add(denial.number());
				assertThat(reader.read().isDenied(denial.target().value())).isTrue();
			}
		}
		writers.shutdown();
		assertThat(numbers).containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 120).boxed().toList());
	}

	@Test
	void readWhenMoreChangesThanOneStepThenAll() {
		this.here.denials.deny(wish(Target.Kind.USER_ID, "first"), null);
		int more = DenialReads.STEP + 10;
		TestRows.insert(this.here.jdbc(), 2, more);
		this.there.read();
		assertThat(this.there.isDenied("user2")).isTrue();
		assertThat(this.there.isDenied("user" + (more + 1))).isTrue();
		assertThat(number(this.there)).isEqualTo(more + 1);
	}

	/** Somebody denies and allows all the time. */
	@Test
	void exportWhenOthersWriteMeanwhileThenEachOnceInOrderAndAnEnd() throws Exception {
		this.here.denials.deny(wish(Target.Kind.USER_ID, "user1"), null);
		TestRows.insert(this.here.jdbc(), 2, 4 * DenialExport.ROWS);
		AtomicBoolean over = new AtomicBoolean();
		ExecutorService writer = Executors.newSingleThreadExecutor();
		Future<?> written = writer.submit(() -> {
			for (int i = 0; !over.get(); i++) {
				Denial denial = this.here.denials.deny(wish(Target.Kind.USER_ID, "late" + i), null);
				this.here.denials.allow((i % 2 == 0) ? denial.id() : DenialId.parse("%032d".formatted(i + 2)), "olga");
			}
		});
		DenialExport export = this.there.denials.export(new DenialSearch(null, null, null, true, null, 1));
		List<Map<String, Object>> lines = new ArrayList<>();
		for (List<Map<String, Object>> page = export.next(); !page.isEmpty(); page = export.next()) {
			assertThat(page).hasSizeLessThanOrEqualTo(DenialExport.ROWS);
			lines.addAll(page);
		}
		over.set(true);
		written.get();
		writer.shutdown();
		List<String> expected = this.here.jdbc()
			.sql("select id from ably_auth_denial where number <= ? order by number")
			.param(export.newest())
			.query(String.class)
			.list();
		assertThat(lines.remove(lines.size() - 1)).isEqualTo(Map.of("complete", true, "count", (long) expected.size()));
		assertThat(lines).extracting((line) -> line.get("id")).containsExactlyElementsOf(expected);
		assertThat(expected).hasSizeGreaterThan(4 * DenialExport.ROWS);
	}

	@Test
	void exportThenByEachFilter() {
		Denial ann = this.here.denials.deny(wish(Target.Kind.USER_ID, "ann"), null);
		Denial bob = this.here.denials.deny(wish(Target.Kind.CLIENT_ID, "bob"), null);
		this.here.denials.allow(ann.id(), "olga");
		assertThat(export(null, null, null, true)).containsExactly(ann.id().toString(), bob.id().toString());
		assertThat(export(null, null, null, false)).containsExactly(bob.id().toString());
		assertThat(export(Target.Kind.USER_ID, null, null, true)).containsExactly(ann.id().toString());
		assertThat(export(Target.Kind.CLIENT_ID, "bob", null, true)).containsExactly(bob.id().toString());
		assertThat(export(null, null, "nobody", true)).isEmpty();
	}

	/** Each page costs the same, also where all are of one kind. */
	@Test
	@Tag("long")
	void exportWhenAMillionThenAllAndAFewInMemory() {
		int step = 50_000;
		for (int first = 1; first < 1_000_000; first += step) {
			TestRows.insert(this.here.jdbc(), first, step);
		}
		for (Target.@Nullable Kind kind : new Target.@Nullable Kind[] { null, Target.Kind.USER_ID }) {
			DenialExport export = this.there.denials.export(new DenialSearch(kind, null, null, true, null, 1));
			long count = 0;
			for (List<Map<String, Object>> page = export.next(); !page.isEmpty(); page = export.next()) {
				assertThat(page).hasSizeLessThanOrEqualTo(DenialExport.ROWS);
				count += page.size();
			}
			assertThat(count).isEqualTo(1_000_001);
		}
	}

	private List<Object> export(Target.@Nullable Kind kind, @Nullable String value, @Nullable String author,
			boolean all) {
		DenialExport export = this.there.denials.export(new DenialSearch(kind, value, author, all, null, 1));
		List<Object> ids = new ArrayList<>();
		for (List<Map<String, Object>> page = export.next(); !page.isEmpty(); page = export.next()) {
			page.stream().filter((line) -> line.containsKey("id")).forEach((line) -> ids.add(line.get("id")));
		}
		return ids;
	}

	private static Optional<DenialId> find(TestStore store, Target.Kind kind, String value) {
		return store.list.current().find(kind, value, Clock.systemUTC().instant());
	}

	private static long number(TestStore store) {
		return store.read().list.current().number();
	}

	/** For tests that are only of this database. */
	TestStore here() {
		return this.here;
	}

	TestStore there() {
		return this.there;
	}

}
