package dev.ablyauth.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.IssuedBefore;
import dev.ablyauth.ably.RecentRevocations;
import dev.ablyauth.ably.RevocationKey;
import dev.ablyauth.ably.TargetSpecifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static dev.ablyauth.revocation.TestDenials.NOW;
import static org.assertj.core.api.Assertions.assertThat;

class RecentSecondsTests {

	private final RecentSeconds recent = new RecentSeconds();

	private static RecentSeconds.Entry entry(String target, int seconds) {
		return new RecentSeconds.Entry(TargetSpecifier.parse(target), second(seconds));
	}

	private static IssuedBefore second(int seconds) {
		return new IssuedBefore(NOW.plusSeconds(seconds));
	}

	private void add(Instant now, RecentSeconds.Entry... entries) {
		this.recent.add(List.of(entries), now);
	}

	private @Nullable IssuedBefore latest(String clientId, @Nullable String key) {
		return this.recent.known()
			.latest(clientId.equals("*") ? ClientId.wildcard() : ClientId.of(clientId),
					(key != null) ? new RevocationKey(key) : null);
	}

	@Test
	void latestThenTheLastOfAllThatAreAboutTheToken() {
		add(NOW, entry("clientId:ann", 5), entry("clientId:ann", 3), entry("revocationKey:red", 4),
				entry("revocationKey:ann", 9));
		assertThat(latest("ann", null)).isEqualTo(second(5));
		assertThat(latest("ann", "red")).isEqualTo(second(5));
		assertThat(latest("bob", "red")).isEqualTo(second(4));
		assertThat(latest("*", "red")).isEqualTo(second(4));
		assertThat(latest("*", null)).isNull();
		assertThat(latest("bob", "blue")).isNull();
	}

	@Test
	void knownThenDoesNotChange() {
		RecentRevocations.Known before = this.recent.known();
		add(NOW, entry("clientId:ann", 5));
		assertThat(before.latest(ClientId.of("ann"), null)).isNull();
	}

	@Test
	void addWhenAnHourHasPassedThenForgotten() {
		add(NOW, entry("clientId:ann", 0), entry("clientId:bob", 0));
		add(NOW.plusSeconds(10), entry("clientId:ann", 10));
		add(NOW.plus(RecentSeconds.KEPT).plusSeconds(5));
		assertThat(latest("ann", null)).isEqualTo(second(10));
		assertThat(latest("bob", null)).isNull();
		add(NOW.plus(Duration.ofHours(2)));
		assertThat(this.recent.size()).isZero();
	}

	@Test
	void addWhenThereAreTooManyThenTheOldestGo() {
		for (int i = 0; i < 10; i++) {
			int block = i;
			this.recent.add(
					IntStream.range(0, 25_000).mapToObj((each) -> entry("clientId:c" + block + "-" + each, 0)).toList(),
					NOW);
		}
		assertThat(this.recent.size()).isEqualTo(RecentSeconds.MOST);
		assertThat(latest("c0-0", null)).isNull();
		assertThat(latest("c9-24999", null)).isNotNull();
	}

}
