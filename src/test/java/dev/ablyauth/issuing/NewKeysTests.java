package dev.ablyauth.issuing;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import ch.qos.logback.classic.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Keys that Ably refuses do not replace those in use.
 */
class NewKeysTests {

	private static final String WHY = ", of which Ably says that there is none, or that its secret is another";

	private final LogLines log = new LogLines(LiveKeys.class);

	private final Set<String> refused = new HashSet<>();

	private final List<String> asked = new ArrayList<>();

	private @Nullable RuntimeException failure;

	private long nanos = -5;

	@TempDir
	private Path folder;

	private Path current;

	private Path previous;

	private LiveKeys keys;

	@BeforeEach
	void start() {
		this.current = TestLiveKeys.write(this.folder.resolve("current"), TestLiveKeys.key("kb"));
		this.previous = TestLiveKeys.write(this.folder.resolve("previous"), TestLiveKeys.key("ka"));
		this.keys = TestLiveKeys.of(Clock.systemUTC(), new NewKeys((key) -> {
			if (this.failure != null) {
				throw this.failure;
			}
			this.asked.add(key);
			return this.refused.contains(key);
		}, () -> this.nanos), TestLiveKeys.in(this.current),
				TestLiveKeys.in(this.previous, TestIssuer.NOW.plusSeconds(1)));
	}

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void lookWhenAblyRefusesTheNewKeyThenTheOldOneStaysAndALineSaysWhy() {
		this.refused.add(TestLiveKeys.key("kc"));
		KeyRing before = this.keys.current();
		replaceCurrent("kc");
		assertThat(this.keys.current()).isSameAs(before);
		String problem = "ably-auth.keys[0].file: the file " + this.current + " has the key I2E_JQ.kc" + WHY;
		assertThat(this.keys.problems()).containsExactly(problem);
		assertThat(this.log.of(Level.ERROR)).containsExactly(problem + "; the keys in use stay, I2E_JQ.kb signs");
		assertThat(this.keys.failures()).isEqualTo(1);
	}

	/** The beginning of a key that nobody here has seen yet. */
	@Test
	void lookWhenTheNewKeyIsHalfWrittenThenTheOldOneStaysUntilItIsWhole() {
		String half = TestLiveKeys.key("kc").substring(0, 30);
		this.refused.add(half);
		TestLiveKeys.replace(this.current, half);
		TestLiveKeys.lookTwice(this.keys);
		assertThat(this.keys.current().toString()).isEqualTo("[I2E_JQ.kb, I2E_JQ.ka]");
		replaceCurrent("kc");
		assertThat(this.keys.current().toString()).isEqualTo("[I2E_JQ.kc, I2E_JQ.ka]");
		assertThat(this.keys.problems()).isEmpty();
	}

	@Test
	void lookWhenRefusedThenAskedAgainAfterThePauseAndNotBeforeAndTakenWhenGood() {
		this.refused.add(TestLiveKeys.key("kc"));
		replaceCurrent("kc");
		TestLiveKeys.lookTwice(this.keys);
		assertThat(this.asked).hasSize(1);
		pass(NewKeys.PAUSE);
		TestLiveKeys.lookTwice(this.keys);
		assertThat(this.asked).hasSize(2);
		assertThat(this.keys.failures()).isEqualTo(1);
		assertThat(this.log.of(Level.ERROR)).hasSize(1);
		this.refused.clear();
		pass(NewKeys.PAUSE.minusSeconds(1));
		TestLiveKeys.lookTwice(this.keys);
		assertThat(this.keys.current().signing().name().value()).isEqualTo("I2E_JQ.kb");
		pass(Duration.ofSeconds(1));
		this.keys.look();
		assertThat(this.keys.current().signing().name().value()).isEqualTo("I2E_JQ.kc");
		assertThat(this.keys.problems()).isEmpty();
		pass(NewKeys.PAUSE);
		TestLiveKeys.lookTwice(this.keys);
		assertThat(this.asked).hasSize(3);
	}

	/** As when there is no thread for it. */
	@Test
	void lookWhenNothingCanBeAskedThenTheKeyIsTakenWhenItCan() {
		this.failure = new IllegalStateException("no thread");
		TestLiveKeys.replace(this.current, TestLiveKeys.key("kc"));
		this.keys.look();
		assertThatIllegalStateException().isThrownBy(this.keys::look);
		this.failure = null;
		TestLiveKeys.lookTwice(this.keys);
		assertThat(this.keys.current().signing().name().value()).isEqualTo("I2E_JQ.kc");
	}

	@Test
	void lookWhenTheOldKeyIsPutBackThenWellAndNothingIsAsked() {
		this.refused.add(TestLiveKeys.key("kc"));
		replaceCurrent("kc");
		replaceCurrent("kb");
		assertThat(this.keys.problems()).isEmpty();
		pass(NewKeys.PAUSE);
		TestLiveKeys.lookTwice(this.keys);
		assertThat(this.asked).containsExactly(TestLiveKeys.key("kc"));
	}

	@Test
	void lookWhenTheSameNewKeyIsInTwoPlacesThenAskedOnceAndSaidOfBoth() {
		this.refused.add(TestLiveKeys.key("kc"));
		TestLiveKeys.replace(this.previous, TestLiveKeys.key("kc"));
		replaceCurrent("kc");
		assertThat(this.asked).containsExactly(TestLiveKeys.key("kc"));
		assertThat(this.keys.problems()).hasSize(2);
	}

	@Test
	void lookWhenKeysInUseChangePlacesThenNothingIsAsked() {
		TestLiveKeys.replace(this.previous, TestLiveKeys.key("kb"));
		replaceCurrent("ka");
		assertThat(this.keys.current().toString()).isEqualTo("[I2E_JQ.ka, I2E_JQ.kb]");
		assertThat(this.asked).isEmpty();
	}

	@Test
	void lookWhenAFileHasAnotherFaultThenNothingIsAsked() {
		TestLiveKeys.replace(this.previous, "");
		replaceCurrent("kc");
		assertThat(this.keys.problems()).singleElement().asString().contains("is empty");
		assertThat(this.asked).isEmpty();
	}

	private void replaceCurrent(String name) {
		TestLiveKeys.replace(this.current, TestLiveKeys.key(name));
		TestLiveKeys.lookTwice(this.keys);
	}

	private void pass(Duration time) {
		this.nanos += time.toNanos();
	}

}
