package dev.ablyauth.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often tokens may be asked for; nobody's clock goes on between the steps.
 */
class CallLimitsTests {

	private final AtomicLong nanos = new AtomicLong(-Duration.ofSeconds(30).toNanos());

	private final CallLimits limits = new CallLimits(
			new RateLimitProperties("9/1m", "6/1m", "4/1h", "20/1h", "4/1s", "none", "none", null, null),
			SharedBuckets.NONE, this.nanos::get);

	@Test
	void guestWhenTooOftenThenRefusedAndOthersAreNot() {
		assertThat(allowedGuests("guest-1", 20)).isEqualTo(6);
		assertThat(allowedGuests("guest-2", 20)).isEqualTo(6);
	}

	/** Also where the count of nanoseconds begins below zero. */
	@Test
	void guestWhenTimeGoesOnThenOneMoreEachTenSeconds() {
		assertThat(allowedGuests("guest-1", 20)).isEqualTo(6);
		for (int i = 0; i < 12; i++) {
			wait(Duration.ofMillis(9_999));
			assertThat(allowedGuests("guest-1", 20)).isZero();
			wait(Duration.ofMillis(1));
			assertThat(allowedGuests("guest-1", 20)).isEqualTo(1);
		}
		wait(Duration.ofHours(1));
		assertThat(allowedGuests("guest-1", 20)).isEqualTo(6);
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.2, 8", "192.0.2.1, 192.0.2.1, 4", "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, 4",
			"2001:db8:1:2::1, 2001:db8:1:3::1, 8", "2001:db8:1:2::1, 2001:DB8:0001:2:0::1, 4", "::1, ::2, 4",
			"unknown, unknown, 4", "a:b, a:b, 4" })
	void newGuestThenCountedByAddressAndByNetworkOfIpv6(String one, String other, int allowed) {
		int count = 0;
		for (int i = 0; i < 20; i++) {
			count += allowed(() -> this.limits.newGuest(one)) + allowed(() -> this.limits.newGuest(other));
		}
		assertThat(count).isEqualTo(allowed);
	}

	@Test
	void userThenUsersAndGuestsHaveLimitsOfTheirOwn() {
		assertThat(allowed(20, () -> this.limits.user(user("ann", false)))).isEqualTo(9);
		assertThat(allowed(20, () -> this.limits.user(user("bob", false)))).isEqualTo(9);
		assertThat(allowed(20, () -> this.limits.user(user("guest-1", true)))).isEqualTo(6);
		assertThat(allowed(20, () -> this.limits.guest("guest-1"))).isZero();
	}

	/** One address alone cannot use up what all have together. */
	@Test
	void callThenCountedByAddressAndInTotal() {
		assertThat(allowed(50, () -> this.limits.call("192.0.2.1"))).isEqualTo(4);
		assertThat(allowed(50, () -> this.limits.call("2001:db8:1:2::1"))).isEqualTo(4);
		assertThat(allowed(50, () -> this.limits.call("2001:db8:1:2:ffff::9"))).isZero();
		assertThat(allowed(50, () -> this.limits.call("192.0.2.2"))).isEqualTo(4);
		assertThat(allowed(50, () -> this.limits.call("192.0.2.3"))).isEqualTo(4);
		assertThat(allowed(50, () -> this.limits.call("192.0.2.4"))).isEqualTo(4);
		assertThat(allowed(50, () -> this.limits.call("192.0.2.5"))).isZero();
	}

	@Test
	void whenNoneThenNoLimit() {
		CallLimits none = new CallLimits(
				new RateLimitProperties("none", "none", "none", "none", "none", "none", "none", null, null),
				SharedBuckets.NONE, this.nanos::get);
		for (int i = 0; i < 10_000; i++) {
			none.call("192.0.2.1");
			none.user(user("ann", false));
			none.guest("guest-1");
			none.newGuest("192.0.2.1");
		}
	}

	@Test
	void whenTooOftenThenTriedAgainLater() {
		allowedGuests("guest-1", 6);
		assertThat(refusal(() -> this.limits.guest("guest-1"))).isEqualTo(Reason.RATE_LIMITED);
		assertThat(Reason.RATE_LIMITED.status()).isEqualTo(503);
	}

	private void wait(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	private int allowedGuests(String id, int times) {
		return allowed(times, () -> this.limits.guest(id));
	}

	private static AppUser user(String id, boolean guest) {
		AppUser user = AppUser.guest(id, AppUser.NO_END);
		return guest ? user : new AppUser(id, List.of(), Map.of(), new AppUser.Source("jwt", "x"), AppUser.NO_END);
	}

	private static int allowed(int times, Runnable step) {
		int allowed = 0;
		for (int i = 0; i < times; i++) {
			allowed += allowed(step);
		}
		return allowed;
	}

	private static int allowed(Runnable step) {
		return (refusal(step) == null) ? 1 : 0;
	}

	private static @Nullable Reason refusal(Runnable step) {
		try {
			step.run();
			return null;
		}
		catch (Refused refused) {
			return refused.reason();
		}
	}

}
