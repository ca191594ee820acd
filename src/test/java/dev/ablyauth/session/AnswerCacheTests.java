package dev.ablyauth.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.benmanes.caffeine.cache.Ticker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much memory the answers of a service may take.
 */
class AnswerCacheTests {

	private static final int MEBIBYTE = 1024 * 1024;

	private final AnswerCache<AppUser> cache = new AnswerCache<>(Ticker.systemTicker(), (user) -> Duration.ofHours(1),
			AnswerCache::weight);

	@Test
	void getWhenTenThousandUsersWithUsualClaimsThenAllAreKept() throws InterruptedException {
		Map<String, Object> claims = Map.of("team", "red", "email", "ann@example.com", "projects",
				List.of("p1", "p2", "p3"));
		fill(10_000, claims);
		assertThat(kept(10_000)).isEqualTo(10_000);
	}

	/** 64 KiB of them, as an answer may have. */
	@Test
	void getWhenClaimsAreLongThenNotMoreThanThereIsRoomFor() throws InterruptedException {
		fill(2_000, Map.of("text", "x".repeat(60_000)));
		assertThat(kept(2_000)).isBetween(100L, 32L * MEBIBYTE / 120_000);
	}

	/** Many small things take more room than their text. */
	@Test
	void weightThenCountsWhatIsInside() {
		Map<String, Object> nested = IntStream.range(0, 1_000)
			.boxed()
			.collect(Collectors.toMap((i) -> "c" + i, (i) -> List.of(List.of(), Map.of())));
		assertThat(Claims.weight(nested)).isGreaterThan(300_000);
		assertThat(Claims.weight("a text")).isLessThan(100);
		assertThat(Claims.weight(null)).isLessThan(100);
	}

	private void fill(int count, Map<String, Object> claims) {
		for (int i = 0; i < count; i++) {
			AppUser user = new AppUser("user-" + i, List.of("member"), claims,
					new AppUser.Source("forward", "app.example"), AppUser.NO_END);
			assertThat(AnswerCache.await(this.cache.get(key(i), () -> CompletableFuture.completedFuture(user))).id())
				.isEqualTo(user.id());
		}
	}

	/** What there is no room for is taken out a moment later, beside the caller. */
	private long kept(int count) throws InterruptedException {
		long before = -1;
		for (long now = count(count); now != before; now = count(count)) {
			before = now;
			Thread.sleep(300);
		}
		return before;
	}

	private long count(int count) {
		return IntStream.range(0, count).filter((i) -> this.cache.known(key(i)) != null).count();
	}

	private static CredentialHash key(int user) {
		return CredentialHash.of("token-" + user);
	}

}
