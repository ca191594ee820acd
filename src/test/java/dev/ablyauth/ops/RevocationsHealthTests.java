package dev.ablyauth.ops;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.ablyauth.revocation.Backlog;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class RevocationsHealthTests {

	private static Health health(double waiting, Duration oldest, String fault) {
		Health health = new RevocationsHealth(() -> new Backlog(waiting, oldest, fault)).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		return health;
	}

	@Test
	void healthWhenNothingWasCountedThenNoNumbers() {
		assertThat(health(Double.NaN, Duration.ZERO, "").getDetails()).isEmpty();
	}

	@Test
	void healthWhenSomeWaitThenDegradedAfterTwoMinutes() throws Exception {
		assertThat(health(3, Duration.ofMinutes(2), "").getDetails()).containsEntry("waiting", 3L)
			.containsEntry("secondsOldestWaits", 120L)
			.doesNotContainKey("degraded");
		String words = "Ably has not taken a revocation for more than 2 minutes";
		assertThat(health(3, Duration.ofSeconds(121), "").getDetails().get("degraded")).asString().contains(words);
		assertThat(Files.readString(Path.of("docs/operations/health.md"))).contains(words);
	}

	@Test
	void healthWhenTheStoreFailsThenDegradedAndWhy() throws Exception {
		String words = "revocations wait, because the store fails";
		assertThat(health(0, Duration.ZERO, "disk full").getDetails().get("degraded")).asString()
			.contains(words + ": disk full");
		assertThat(Files.readString(Path.of("docs/operations/health.md"))).contains(words);
	}

}
