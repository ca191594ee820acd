package dev.ablyauth.issuing;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.auth0.jwt.JWT;
import dev.ablyauth.policy.TestPolicies;
import dev.ablyauth.policy.TestUsers;
import dev.ablyauth.policy.Wish;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a key can be deleted at Ably: not while any token of it can live or come out.
 */
class KeyStateTests {

	private static final Instant NOW = TestIssuer.NOW;

	private static final Duration LONGEST = SigningKey.LONGEST.duration().plus(TestLiveKeys.LATE);

	@TempDir
	private Path folder;

	private Path file;

	@BeforeEach
	void write() {
		this.file = TestLiveKeys.write(this.folder.resolve("current"), TestLiveKeys.key("first"));
	}

	@Test
	void safeToRetireWhileAKeyDrainsThenNotAlthoughNoTokenOfItLives() {
		Instant until = NOW.plus(LONGEST.multipliedBy(2));
		LiveKeys keys = TestLiveKeys.of(TestLiveKeys.in(this.file), value("old", until));
		assertThat(state(keys, "old", until.minusSeconds(1)).tokensEnd()).isZero();
		assertThat(isSafeToRetire(keys, "old", until.minusSeconds(1))).isFalse();
		assertThat(isSafeToRetire(keys, "old", until)).isTrue();
		assertThat(isSafeToRetire(keys, "first", until)).isFalse();
	}

	/** Whoever ran before may have signed with it until a moment ago. */
	@Test
	void safeToRetireAfterAStartThenWhenTheLatestTokenHasEnded() {
		LiveKeys keys = TestLiveKeys.of(TestLiveKeys.in(this.file), value("old", null));
		assertThat(isSafeToRetire(keys, "old", NOW.plus(LONGEST).minusMillis(1))).isFalse();
		assertThat(isSafeToRetire(keys, "old", NOW.plus(LONGEST).plusSeconds(1))).isTrue();
	}

	@Test
	void safeToRetireWhenAKeyWasReplacedThenNotWhileARequestMayStillSignWithIt() {
		LiveKeys keys = TestLiveKeys.of(TestLiveKeys.in(this.file));
		replace(keys, "second");
		replace(keys, "third");
		assertThat(isSafeToRetire(keys, "second", NOW.plus(TestLiveKeys.LATE).minusMillis(1))).isFalse();
		assertThat(isSafeToRetire(keys, "second", NOW.plus(TestLiveKeys.LATE).plusSeconds(1))).isTrue();
	}

	@Test
	void safeToRetireWhenAblysClockIsBehindThenWhenTheLastTokenHasEndedThere() {
		LiveKeys keys = TestLiveKeys.of(TestLiveKeys.in(this.file));
		replace(keys, "second");
		Duration behind = Duration.ofMinutes(1);
		String jwt = new TestIssuer().clockOffset(behind.negated())
			.build(TestPolicies.live(TestIssuer.ALL_TALK), keys)
			.issue(TestUsers.user("ann", Map.of()), Asked.JWT, Wish.NONE, TestIssuer.REQUEST)
			.token();
		replace(keys, "third");
		Instant ended = JWT.decode(jwt).getExpiresAtAsInstant().plus(behind);
		assertThat(isSafeToRetire(keys, "second", ended.minusMillis(1))).isFalse();
		assertThat(isSafeToRetire(keys, "second", ended.plusSeconds(1))).isTrue();
	}

	private void replace(LiveKeys keys, String name) {
		TestLiveKeys.replace(this.file, TestLiveKeys.key(name));
		TestLiveKeys.lookTwice(keys);
	}

	private static KeyProperties value(String name, @Nullable Instant drainUntil) {
		return new KeyProperties(TestLiveKeys.key(name), null, null, false, drainUntil);
	}

	private static boolean isSafeToRetire(LiveKeys keys, String name, Instant now) {
		return state(keys, name, now).isSafeToRetire();
	}

	private static KeyState state(LiveKeys keys, String name, Instant now) {
		return keys.states(now)
			.stream()
			.filter((state) -> state.name().value().equals(TestLiveKeys.APP + "." + name))
			.findFirst()
			.orElseThrow();
	}

}
