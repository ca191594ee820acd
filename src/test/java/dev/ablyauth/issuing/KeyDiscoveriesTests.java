package dev.ablyauth.issuing;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Operations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ably is asked of the keys that sign.
 */
class KeyDiscoveriesTests {

	private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor();

	private final Set<String> asked = ConcurrentHashMap.newKeySet();

	@TempDir
	private Path folder;

	@AfterEach
	void stop() {
		this.background.shutdownNow();
	}

	@Test
	void followThenAsksOfEachKeyThatSignsAndOfNewOnes() {
		Path current = TestLiveKeys.write(this.folder.resolve("current"), TestLiveKeys.key("kb"));
		Path previous = TestLiveKeys.write(this.folder.resolve("previous"), TestLiveKeys.key("ka"));
		List<KeyProperties> settings = List.of(TestLiveKeys.in(current),
				TestLiveKeys.in(previous, TestIssuer.NOW.plusSeconds(1)),
				new KeyProperties(TestLiveKeys.key("revokes"), null, null, false, null));
		LiveKeys keys = new LiveKeys(() -> KeyReadings.of(settings),
				new KeyRings(settings, Operations.standard(), (key, revocable) -> new KeyAtAbly(null, () -> {
					this.asked.add(key);
					return TestRequests.capability("{\"of:" + this.asked.size() + "\":[\"publish\"]}");
				}), TestLiveKeys.LATE, Clock.systemUTC()), new NewKeys((key) -> false, Ticker.systemTicker()));
		KeyDiscoveries discoveries = new KeyDiscoveries(this.background);
		keys.follow(() -> discoveries.follow(keys.current()));
		assertThat(discoveries.await(Duration.ofSeconds(10))).isTrue();
		assertThat(this.asked).containsExactlyInAnyOrder(TestLiveKeys.key("ka"), TestLiveKeys.key("kb"));
		SigningKey old = keys.current().keys().get(1);
		TestLiveKeys.replace(current, TestLiveKeys.key("kc"));
		TestLiveKeys.lookTwice(keys);
		assertThat(discoveries.await(Duration.ofSeconds(10))).isTrue();
		assertThat(this.asked).hasSize(3).contains(TestLiveKeys.key("kc"));
		assertThat(keys.current().signing().capability().toString()).isEqualTo("{\"of:3\":[\"publish\"]}");
		assertThat(keys.current().keys().get(1)).isSameAs(old);
	}

}
