package dev.ablyauth.issuing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.session.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys that follow their files.
 */
class LiveKeysTests {

	private static final Instant NOW = TestIssuer.NOW;

	private final LogLines log = new LogLines(LiveKeys.class);

	@TempDir
	private Path folder;

	private Path current;

	private Path previous;

	private LiveKeys keys;

	@BeforeEach
	void start() {
		this.current = TestLiveKeys.write(this.folder.resolve("current"), TestLiveKeys.key("kb"));
		this.previous = TestLiveKeys.write(this.folder.resolve("previous"), TestLiveKeys.key("ka"));
		this.keys = TestLiveKeys.of(TestLiveKeys.in(this.current),
				TestLiveKeys.in(this.previous, NOW.plus(Duration.ofDays(1))));
	}

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void lookWhenNothingHasChangedThenTheSameRing() {
		KeyRing before = this.keys.current();
		TestLiveKeys.lookTwice(this.keys);
		assertThat(this.keys.current()).isSameAs(before);
		assertThat(this.keys.reloads()).isZero();
	}

	@Test
	void lookWhenOneFileIsReplacedThenItsKeySignsAndTheOtherStays() {
		SigningKey old = this.keys.current().keys().get(1);
		TestLiveKeys.replace(this.current, TestLiveKeys.key("kc") + "\n");
		TestLiveKeys.lookTwice(this.keys);
		assertThat(names()).containsExactly("I2E_JQ.kc", "I2E_JQ.ka");
		assertThat(this.keys.current().keys().get(1)).isSameAs(old);
		assertThat(this.log.of(Level.INFO))
			.containsExactly("The API keys are now [I2E_JQ.kc, I2E_JQ.ka]; I2E_JQ.kc signs for newcomers");
		assertThat(this.keys.reloads()).isEqualTo(1);
	}

	@Test
	void lookWhenAMountedSecretIsSwappedThenAllItsFilesAtOnce() {
		Path mount = this.folder.resolve("mount");
		TestLiveKeys.mount(mount, "1", "current", TestLiveKeys.key("kb"), "previous", TestLiveKeys.key("ka"));
		LiveKeys mounted = TestLiveKeys.of(TestLiveKeys.in(mount.resolve("current")),
				TestLiveKeys.in(mount.resolve("previous")));
		TestLiveKeys.mount(mount, "2", "current", TestLiveKeys.key("kc"), "previous", TestLiveKeys.key("kb"));
		TestLiveKeys.lookTwice(mounted);
		assertThat(mounted.current().toString()).isEqualTo("[I2E_JQ.kc, I2E_JQ.kb]");
		assertThat(mounted.reloads()).isEqualTo(1);
	}

	@Test
	void lookWhenAFileIsBeingWrittenThenOnlyWhatHasSettledCounts() throws IOException {
		String whole = TestLiveKeys.key("kc");
		for (int length = 0; length < whole.length(); length += 5) {
			Files.writeString(this.current, whole.substring(0, length));
			this.keys.look();
			assertThat(names()).containsExactly("I2E_JQ.kb", "I2E_JQ.ka");
		}
		Files.writeString(this.current, whole);
		TestLiveKeys.lookTwice(this.keys);
		assertThat(names()).containsExactly("I2E_JQ.kc", "I2E_JQ.ka");
		assertThat(this.log.of(Level.ERROR)).isEmpty();
	}

	/** What is left has the form of a key, and a start has nothing to compare with. */
	@Test
	void lookWhenANewKeyWasCutOffInsideItsSecretThenItIsUsedUntilTheFileIsWhole() {
		String whole = TestLiveKeys.key("kc");
		TestLiveKeys.replace(this.current, whole.substring(0, 30));
		TestLiveKeys.lookTwice(this.keys);
		assertThat(names()).containsExactly("I2E_JQ.kc", "I2E_JQ.ka");
		assertThat(TestLiveKeys.of(TestLiveKeys.in(this.current)).current().toString()).isEqualTo("[I2E_JQ.kc]");
		assertThat(this.keys.problems()).isEmpty();
		KeyRing cutOff = this.keys.current();
		TestLiveKeys.replace(this.current, whole);
		TestLiveKeys.lookTwice(this.keys);
		assertThat(names()).containsExactly("I2E_JQ.kc", "I2E_JQ.ka");
		assertThat(this.keys.current()).isNotSameAs(cutOff);
		assertThat(this.log.of(Level.ERROR)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "'';is empty", "I2E_JQ.kc;is not an Ably API key of the form",
					"I2E_JQ.kc:short;is not an Ably API key of the form", "nonsense;is not an Ably API key of the form",
					"other.key:canary-secret-0123456789;has the key other.key of another Ably app than the keys in use",
					"I2E_JQ.kb:canary-secret-0123456789;which is named before with another secret",
					"I2E_JQ.kb:kb-canary-key-secret;has only the beginning of the key I2E_JQ.kb" })
	void lookWhenAFileIsWrongThenAllOldKeysStayAndOneLineNamesIt(String text, String why) {
		TestLiveKeys.replace(this.previous, TestLiveKeys.key("kb"));
		TestLiveKeys.replace(this.current, text);
		KeyRing before = this.keys.current();
		TestLiveKeys.lookTwice(this.keys);
		TestLiveKeys.lookTwice(this.keys);
		assertThat(this.keys.current()).isSameAs(before);
		assertThat(this.keys.problems()).isNotEmpty();
		assertThat(this.log.of(Level.ERROR)).singleElement()
			.asString()
			.startsWith("ably-auth.keys")
			.contains(why)
			.endsWith("; the keys in use stay, I2E_JQ.kb signs")
			.doesNotContain("canary", "nonsense", "short;");
		assertThat(this.keys.failures()).isEqualTo(1);
	}

	@Test
	void lookWhenAFileGoesAndComesBackThenOneErrorAndOneLineThatItIsFine() throws IOException {
		Files.delete(this.current);
		TestLiveKeys.lookTwice(this.keys);
		TestLiveKeys.write(this.current, TestLiveKeys.key("kb"));
		TestLiveKeys.lookTwice(this.keys);
		TestLiveKeys.lookTwice(this.keys);
		assertThat(this.log.of(Level.ERROR)).containsExactly("ably-auth.keys[0].file: the file " + this.current
				+ " cannot be read: there is no such file; the keys in use stay, I2E_JQ.kb signs");
		assertThat(this.log.of(Level.INFO)).containsExactly("The files of the API keys have the keys in use again");
		assertThat(this.keys.problems()).isEmpty();
	}

	@Test
	void lookWhenAFileBecomesOpenToEverybodyThenTheOldKeysStay() throws IOException {
		TestLiveKeys.replace(this.current, TestLiveKeys.key("kc"));
		TestLiveKeys.mode(this.current, "rw-r--r--");
		TestLiveKeys.lookTwice(this.keys);
		assertThat(names()).containsExactly("I2E_JQ.kb", "I2E_JQ.ka");
		assertThat(this.keys.problems()).singleElement()
			.asString()
			.contains(this.current.toString(), "is open to everybody on this machine (rw-r--r--)");
	}

	@Test
	void lookWhenASecondFileIsWrongTooThenOnlyTheNewFaultIsTold() {
		TestLiveKeys.replace(this.current, "");
		TestLiveKeys.lookTwice(this.keys);
		TestLiveKeys.replace(this.previous, "");
		TestLiveKeys.lookTwice(this.keys);
		assertThat(this.log.of(Level.ERROR)).hasSize(2);
		assertThat(this.keys.problems()).hasSize(2);
	}

	@Test
	void lookWhenOneFileIsWrongThenAGoodOtherIsNotTakenEither() {
		TestLiveKeys.replace(this.current, TestLiveKeys.key("kc"));
		TestLiveKeys.replace(this.previous, "");
		TestLiveKeys.lookTwice(this.keys);
		assertThat(names()).containsExactly("I2E_JQ.kb", "I2E_JQ.ka");
	}

	@Test
	void lookWhenTheSameKeyComesToTwoPlacesWithOtherSettingsThenTheOldKeysStayAndLinesNameTheFile() {
		LiveKeys live = TestLiveKeys.of(TestLiveKeys.in(this.current),
				new KeyProperties(null, this.previous, "{\"a\":[\"*\"]}", true, NOW.plus(Duration.ofDays(1))),
				new KeyProperties(TestLiveKeys.key("kc"), null, "{\"a\":[\"*\"]}", true, null));
		String in = ": with the key in the file " + this.previous + " it differs from that of ably-auth.keys[0] in the"
				+ " file " + this.current + ", which is the same key; ";
		assertRefused(live, "kb", "ably-auth.keys[1].revocable-tokens" + in, "ably-auth.keys[1].capability" + in);
		assertRefused(live, "kc", "ably-auth.keys[2].drain-until: differs from that of ably-auth.keys[1] in the file "
				+ this.previous + ", which is the same key; ");
	}

	private void assertRefused(LiveKeys live, String previous, String... lines) {
		long failures = live.failures();
		KeyRing before = live.current();
		TestLiveKeys.replace(this.previous, TestLiveKeys.key(previous));
		TestLiveKeys.lookTwice(live);
		assertThat(live.current()).isSameAs(before);
		assertThat(live.failures()).isEqualTo(failures + 1);
		assertThat(live.problems()).hasSameSizeAs(lines);
		for (String line : lines) {
			assertThat(live.problems()).anyMatch((problem) -> problem.startsWith(line));
			assertThat(this.log.of(Level.ERROR)).anyMatch(
					(logged) -> logged.startsWith(line) && logged.endsWith("; the keys in use stay, I2E_JQ.kb signs"));
		}
	}

	@Test
	void lookWhenTheSecretWasMistypedThenItCanBeMended() {
		TestLiveKeys.replace(this.current, "I2E_JQ.kb:" + TestLiveKeys.secret("other"));
		TestLiveKeys.lookTwice(this.keys);
		assertThat(names()).containsExactly("I2E_JQ.kb", "I2E_JQ.ka");
		assertThat(this.keys.reloads()).isEqualTo(1);
	}

	@Test
	void lookWhenTheMadeUpKeyOfTheDevModeComesThenRefused() {
		LiveKeys one = TestLiveKeys.of(TestLiveKeys.in(TestLiveKeys.write(this.current, "sample.key:0123456789")));
		TestLiveKeys.replace(this.current, "sample.devkey:0123456789");
		TestLiveKeys.lookTwice(one);
		assertThat(one.problems()).singleElement().asString().contains("made-up key of the dev mode");
	}

	@Test
	void followWhenAnotherFollowerFailsThenToldAllTheSame() {
		List<String> seen = new ArrayList<>();
		boolean[] fails = new boolean[1];
		this.keys.follow(() -> {
			if (fails[0]) {
				throw new StackOverflowError("on purpose");
			}
		});
		this.keys.follow(() -> seen.add(this.keys.current().toString()));
		fails[0] = true;
		TestLiveKeys.replace(this.current, TestLiveKeys.key("kc"));
		TestLiveKeys.lookTwice(this.keys);
		assertThat(seen).containsExactly("[I2E_JQ.kb, I2E_JQ.ka]", "[I2E_JQ.kc, I2E_JQ.ka]");
		assertThat(this.keys.problems()).isEmpty();
	}

	@Test
	void followThenToldAtOnceAndWheneverKeysAreReplaced() {
		List<String> seen = new ArrayList<>();
		this.keys.follow(() -> seen.add(this.keys.current().toString()));
		TestLiveKeys.replace(this.current, TestLiveKeys.key("kc"));
		TestLiveKeys.lookTwice(this.keys);
		TestLiveKeys.lookTwice(this.keys);
		assertThat(seen).containsExactly("[I2E_JQ.kb, I2E_JQ.ka]", "[I2E_JQ.kc, I2E_JQ.ka]");
	}

	@Test
	void statesThenWhoEverRanBeforeMayHaveIssuedTokens() {
		assertThat(this.keys.states(NOW.plus(Duration.ofHours(23)))).extracting(KeyState::use)
			.containsExactly(KeyState.Use.SIGNS, KeyState.Use.DRAINS);
		assertThat(this.keys.states(NOW.plus(Duration.ofHours(24)))).extracting(KeyState::use)
			.containsExactly(KeyState.Use.SIGNS, KeyState.Use.REVOKES);
		assertThat(this.keys.states(NOW.plus(Duration.ofHours(24)))).extracting(KeyState::tokensEnd)
			.allMatch((end) -> !end.minus(TestLiveKeys.LATE).isNegative());
	}

	@Test
	void statesWhenAKeyHasGoneThenKnownUntilItsTokensEnd() {
		Instant end = NOW.plus(Duration.ofHours(30));
		this.keys.current().signing().tokens().issued(end);
		TestLiveKeys.replace(this.current, TestLiveKeys.key("kc"));
		TestLiveKeys.lookTwice(this.keys);
		assertThat(this.keys.states(NOW)).contains(new KeyState(new KeyName("I2E_JQ.kb"), KeyState.Use.FORMER,
				Duration.ofHours(30).plus(LivingTokens.CLOCKS).plusSeconds(1), false));
		assertThat(this.keys.states(NOW).get(0).tokensEnd()).isZero();
		TestLiveKeys.replace(this.previous, TestLiveKeys.key("kb"));
		TestLiveKeys.lookTwice(this.keys);
		assertThat(this.keys.current().named(new KeyName("I2E_JQ.kb")).orElseThrow().tokens().left(NOW))
			.isGreaterThan(Duration.ofHours(29));
	}

	/** Another instance may have issued tokens with it, and may do so for a while. */
	@Test
	void knownWhenAKeyIsInNoFileAnyMoreThenUntilItsTokensHaveEndedEverywhere() {
		MutableClock clock = new MutableClock(NOW);
		LiveKeys one = TestLiveKeys.of(clock, revocable(this.current));
		SigningKey old = one.current().signing();
		clock.advance(Duration.ofMinutes(30));
		TestLiveKeys.replace(this.current, TestLiveKeys.key("kc"));
		TestLiveKeys.lookTwice(one);
		Instant end = clock.instant().plus(Duration.ofHours(1)).plus(TestLiveKeys.LATE);
		assertThat(one.known(end.minusMillis(1))).hasSize(2).element(1).isSameAs(old);
		assertThat(one.known(end)).extracting((key) -> key.name().value()).containsExactly("I2E_JQ.kc");
		clock.advance(Duration.ofMinutes(10));
		TestLiveKeys.replace(this.current, TestLiveKeys.key("kd"));
		TestLiveKeys.lookTwice(one);
		assertThat(one.known(end.minusMillis(1))).extracting((key) -> key.name().value())
			.containsExactly("I2E_JQ.kd", "I2E_JQ.kb", "I2E_JQ.kc");
		TestLiveKeys.replace(this.current, TestLiveKeys.key("kb"));
		TestLiveKeys.lookTwice(one);
		assertThat(one.known(clock.instant())).extracting((key) -> key.name().value())
			.containsExactly("I2E_JQ.kb", "I2E_JQ.kc", "I2E_JQ.kd");
	}

	@Test
	void knownWhenManyKeysAreReplacedThenTheLastTwentyAndALineForEachOther() {
		LiveKeys one = TestLiveKeys.of(revocable(this.current));
		try (LogLines rings = new LogLines(KeyRings.class)) {
			for (int i = 1; i <= KeyRings.MOST_FORMER + 2; i++) {
				TestLiveKeys.replace(this.current, TestLiveKeys.key("k" + i));
				TestLiveKeys.lookTwice(one);
			}
			assertThat(one.known(NOW)).hasSize(1 + KeyRings.MOST_FORMER)
				.extracting((key) -> key.name().value())
				.contains("I2E_JQ.k2")
				.doesNotContain("I2E_JQ.kb", "I2E_JQ.k1");
			assertThat(rings.of(Level.WARN)).hasSize(2)
				.first()
				.asString()
				.contains("those of I2E_JQ.kb can no longer be revoked");
		}
	}

	private static KeyProperties revocable(Path file) {
		return new KeyProperties(null, file, null, true, null);
	}

	/** Each token asks for it, some twice. */
	@Test
	void capabilityWhileAKeyDrainsThenTheSameObjectUntilSomethingChanges() {
		Instant end = NOW.plus(Duration.ofHours(2));
		KeyRing ring = TestLiveKeys
			.of(new KeyProperties(TestLiveKeys.key("kb"), null, "{\"talk:*\":[\"publish\",\"subscribe\"]}", false,
					null),
					new KeyProperties(TestLiveKeys.key("ka"), null, "{\"*\":[\"publish\",\"history\"]}", false, end))
			.current();
		Capability common = ring.capability(NOW);
		assertThat(common).hasToString("{\"talk:*\":[\"publish\"]}");
		assertThat(ring.capability(NOW.plusSeconds(1))).isSameAs(common);
		assertThat(ring.capability(end)).isSameAs(ring.signing().capability());
		ring.keys().get(1).keyCapability().narrow(TestRequests.capability("{\"talk:a\":[\"*\"]}"));
		assertThat(ring.capability(NOW)).hasToString("{\"talk:a\":[\"publish\"]}");
	}

	@Test
	void lookWhenAKeyMovesThenWhatAblySaysOfItGoesWithIt() {
		this.keys.current().signing().keyCapability().narrow(TestRequests.capability("{\"a\":[\"publish\"]}"));
		TestLiveKeys.replace(this.previous, TestLiveKeys.key("kb"));
		TestLiveKeys.replace(this.current, TestLiveKeys.key("kc"));
		TestLiveKeys.lookTwice(this.keys);
		assertThat(this.keys.current().keys().get(1).capability())
			.isEqualTo(TestRequests.capability("{\"a\":[\"publish\"]}"));
	}

	private List<String> names() {
		return this.keys.current().keys().stream().map((key) -> key.name().value()).toList();
	}

}
