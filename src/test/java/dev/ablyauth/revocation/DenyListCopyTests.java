package dev.ablyauth.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static dev.ablyauth.revocation.TestDenials.NOW;
import static dev.ablyauth.revocation.TestDenials.denial;
import static dev.ablyauth.revocation.TestDenials.ended;
import static dev.ablyauth.revocation.TestDenials.user;
import static org.assertj.core.api.Assertions.assertThat;

class DenyListCopyTests {

	private final DenyListCopy copy = new DenyListCopy();

	@Test
	void currentBeforeTheFirstReadThenNothingAndNotAnEmptyList() {
		this.copy.write(denial(1, user("ann"), null), 1);
		assertThat(this.copy.current()).isNull();
		this.copy.load(SnapshotChange.EMPTY);
		assertThat(isDenied("ann")).isTrue();
	}

	@Test
	void findWhenSeveralDenialsThenUntilTheLastOfThemEnds() {
		this.copy.load(SnapshotChange.EMPTY);
		Denial brief = denial(1, user("ann"), NOW.plusSeconds(10));
		Denial longer = denial(2, user("ann"), NOW.plusSeconds(20));
		this.copy.apply(List.of(brief, longer), 2);
		assertThat(isDenied("ann", NOW.plusSeconds(19))).isTrue();
		assertThat(isDenied("ann", NOW.plusSeconds(20))).isFalse();
		this.copy.apply(List.of(ended(longer)), 3);
		assertThat(isDenied("ann", NOW.plusSeconds(9))).isTrue();
		assertThat(isDenied("ann", NOW.plusSeconds(10))).isFalse();
		this.copy.apply(List.of(ended(brief)), 4);
		assertThat(isDenied("ann")).isFalse();
		assertThat(list().size()).isZero();
	}

	/** A thread of the server has half a megabyte for its stack. */
	@Test
	void findWhenOneTargetIsDeniedThousandsOfTimesThenUntilTheLastIsEnded() throws InterruptedException {
		AtomicReference<Throwable> failure = new AtomicReference<>();
		Thread small = new Thread(null, this::denyManyTimes, "small", 256 * 1024);
		small.setUncaughtExceptionHandler((thread, ex) -> failure.set(ex));
		small.start();
		small.join();
		assertThat(failure.get()).isNull();
		assertThat(isDenied("ann")).isTrue();
	}

	private void denyManyTimes() {
		this.copy.load(SnapshotChange.EMPTY);
		List<Denial> all = IntStream.rangeClosed(1, 5_000).mapToObj((i) -> denial(i, user("ann"), null)).toList();
		this.copy.apply(all, 5_000);
		this.copy.apply(all.subList(1, 5_000).stream().map(TestDenials::ended).toList(), 10_000);
		this.copy.forget(NOW);
	}

	@Test
	void findWhenTheKindIsAnotherThenNobody() {
		this.copy.load(SnapshotChange.EMPTY);
		this.copy.apply(List.of(denial(1, user("ann"), null)), 1);
		for (Target.Kind kind : Target.Kind.values()) {
			assertThat(list().find(kind, "ann", NOW).isPresent()).isEqualTo(kind == Target.Kind.USER_ID);
		}
	}

	@Test
	void findWhenAddressThenInAnyRangeThatHasIt() {
		this.copy.load(SnapshotChange.EMPTY);
		this.copy.apply(List.of(denial(1, address("192.0.2.0/24"), NOW.plusSeconds(5)),
				denial(2, address("192.0.2.7"), null), denial(3, address("2001:db8::/32"), null)), 3);
		assertThat(list().find(Target.Kind.ADDRESS, "192.0.2.8", NOW)).contains(new DenialId(1, -1));
		assertThat(list().find(Target.Kind.ADDRESS, "192.0.2.8", NOW.plusSeconds(5))).isEmpty();
		assertThat(list().find(Target.Kind.ADDRESS, "192.0.2.7", NOW.plusSeconds(5))).contains(new DenialId(2, -2));
		assertThat(list().find(Target.Kind.ADDRESS, "2001:db8::9%eth0", NOW)).contains(new DenialId(3, -3));
		for (String other : List.of("", "192.0.3.1", "::1", "unix", "192.0.2.7, 192.0.2.8")) {
			assertThat(list().find(Target.Kind.ADDRESS, other, NOW)).isEmpty();
		}
	}

	@Test
	void currentThenNeverChanges() {
		this.copy.load(SnapshotChange.EMPTY);
		this.copy.apply(List.of(denial(1, user("ann"), null)), 1);
		DenyListSnapshot before = list();
		this.copy.apply(List.of(ended(denial(1, user("ann"), null)), denial(2, user("bob"), null)), 3);
		assertThat(before.find(Target.Kind.USER_ID, "ann", NOW)).isPresent();
		assertThat(before.find(Target.Kind.USER_ID, "bob", NOW)).isEmpty();
		assertThat(list().number()).isEqualTo(3);
	}

	/** The read began before the write, and ends after it. */
	@Test
	void applyWhenOlderThanWhatWasWrittenHereThenDoesNotUndoIt() {
		this.copy.load(SnapshotChange.EMPTY);
		Denial denial = denial(1, user("ann"), null);
		this.copy.write(denial, 1);
		this.copy.write(ended(denial), 2);
		this.copy.apply(List.of(denial), 1);
		assertThat(isDenied("ann")).isFalse();
		this.copy.write(denial(3, user("bob"), null), 3);
		this.copy.load(SnapshotChange.EMPTY);
		assertThat(isDenied("bob")).isTrue();
	}

	@Test
	void forgetThenOnlyWhatWasOverBefore() {
		this.copy.load(SnapshotChange.EMPTY);
		this.copy.apply(List.of(denial(1, user("ann"), NOW), denial(2, user("ann"), NOW.plusSeconds(1)),
				denial(3, user("bob"), NOW), denial(4, user("eve"), null)), 4);
		this.copy.forget(NOW);
		assertThat(list().size()).isEqualTo(2);
		assertThat(isDenied("ann", NOW.minusSeconds(1))).isTrue();
		assertThat(isDenied("bob", NOW.minus(Duration.ofDays(1)))).isFalse();
	}

	/** Messages that come twice, late or in another order give the same list. */
	@Test
	@Tag("random")
	void writeInAnyOrderThenTheSameList() {
		Random random = new Random(5);
		for (int round = 0; round < 300; round++) {
			List<DenyListCopy> copies = List.of(new DenyListCopy(), new DenyListCopy(), new DenyListCopy());
			for (DenyListCopy each : copies) {
				each.load(SnapshotChange.EMPTY);
			}
			List<Denial> last = new ArrayList<>();
			int number = 0;
			List<Object[]> written = new ArrayList<>();
			for (int i = 1; i <= 12; i++) {
				Denial denial = denial(i, user("user" + random.nextInt(4)),
						random.nextBoolean() ? null : NOW.plusSeconds(random.nextInt(20)));
				written.add(new Object[] { denial, ++number });
				if (random.nextBoolean()) {
					written.add(new Object[] { ended(denial), ++number });
				}
				last.add((Denial) written.get(written.size() - 1)[0]);
			}
			for (DenyListCopy each : copies) {
				List<Object[]> order = new ArrayList<>(
						Stream.concat(written.stream(), written.subList(0, 5).stream()).toList());
				Collections.shuffle(order, random);
				order.forEach((change) -> each.write((Denial) change[0], (Integer) change[1]));
			}
			for (int user = 0; user < 4; user++) {
				for (int second = 0; second <= 20; second++) {
					Instant time = NOW.plusSeconds(second);
					String id = "user" + user;
					boolean expected = last.stream()
						.anyMatch((denial) -> denial.target().value().equals(id) && denial.stands(time));
					assertThat(copies).allSatisfy((each) -> assertThat(
							Objects.requireNonNull(each.current()).find(Target.Kind.USER_ID, id, time).isPresent())
						.isEqualTo(expected));
				}
			}
		}
	}

	private static Target address(String range) {
		return new Target(Target.Kind.ADDRESS, range);
	}

	private boolean isDenied(String user) {
		return isDenied(user, NOW);
	}

	private boolean isDenied(String user, Instant time) {
		return list().find(Target.Kind.USER_ID, user, time).isPresent();
	}

	private DenyListSnapshot list() {
		return Objects.requireNonNull(this.copy.current());
	}

}
