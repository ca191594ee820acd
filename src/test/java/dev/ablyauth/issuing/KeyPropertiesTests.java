package dev.ablyauth.issuing;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The settings of the keys.
 */
class KeyPropertiesTests {

	private static final String ONE = TestLiveKeys.key("one");

	private static final String TWO = TestLiveKeys.key("two");

	private static final Instant NOW = TestIssuer.NOW;

	private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");

	@TempDir
	private Path folder;

	@Test
	void bindWhenLittleIsSetThenDefaults() {
		assertThat(bind(Map.of("key.value", ONE))).isEqualTo(new KeyProperties(ONE, null, null, false, null));
	}

	@Test
	void bindWhenAllIsSetThenMapped() {
		assertThat(bind(Map.of("key.file", "/run/key", "key.capability", "{}", "key.revocable-tokens", "true",
				"key.drain-until", "2026-02-01T02:00:00+02:00")))
			.isEqualTo(new KeyProperties(null, Path.of("/run/key"), "{}", true, LATER));
	}

	private static KeyProperties bind(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bind("key", KeyProperties.class).get();
	}

	@Test
	void problemsWhenSeveralKeysOfOneAppThenNone() {
		Path file = TestLiveKeys.write(this.folder.resolve("key"), TWO);
		assertThat(problems(value(ONE), TestLiveKeys.in(file, LATER), value(TestLiveKeys.key("three")))).isEmpty();
	}

	@Test
	void problemsWhenTheSameKeyIsNamedTwiceThenNone() {
		assertThat(problems(value(ONE), value(ONE))).isEmpty();
	}

	@Test
	void problemsWhenTheSameKeyIsSetInTwoWaysThenEachDifferenceNamed() {
		KeyProperties same = new KeyProperties(ONE, null, "{\"a\":[\"*\"]}", true, LATER);
		String rest = ": differs from that of ably-auth.keys[0], which is the same key; expected the same in both places,"
				+ " or the key in one of them";
		assertThat(problems(value(ONE), same)).containsExactly("ably-auth.keys[1].revocable-tokens" + rest,
				"ably-auth.keys[1].capability" + rest);
		assertThat(problems(value(ONE), new KeyProperties(ONE, null, "{\"[*]*\":[\"*\"]}", false, LATER)))
			.as("the same in other words, and a drain that begins when the files change")
			.isEmpty();
	}

	@Test
	void problemsWhenAnOldKeyDrainsInOneOfTwoPlacesThenNamed() {
		KeyProperties drains = new KeyProperties(TWO, null, null, false, LATER);
		assertThat(problems(value(ONE), value(TWO), drains)).singleElement()
			.asString()
			.startsWith("ably-auth.keys[2].drain-until: differs from that of ably-auth.keys[1]");
		assertThat(problems(value(ONE), drains, drains)).isEmpty();
	}

	@Test
	void problemsWhenKeysThatSignAllowNothingInCommonThenNamedWhileTheyDrain() {
		KeyProperties first = new KeyProperties(ONE, null, "{\"a:*\":[\"*\"],\"b\":[\"publish\"]}", false, null);
		KeyProperties second = new KeyProperties(TWO, null, "{\"a:b\":[\"*\"]}", false, LATER);
		KeyProperties third = new KeyProperties(TestLiveKeys.key("three"), null, "{\"b\":[\"*\"]}", false, LATER);
		assertThat(problems(first, second)).isEmpty();
		assertThat(problems(first, third)).isEmpty();
		assertThat(problems(first, second, third)).containsExactly(
				"ably-auth.keys[2].capability: allows nothing that the keys before it allow, so nobody would be granted"
						+ " anything while it drains; expected something in common, or no drain-until");
		assertThat(KeyProperties.problems(List.of(first, second, third), Operations.standard(), false, LATER))
			.isEmpty();
	}

	@Test
	void problemsWhenNoKeyThenNamed() {
		assertThat(problems())
			.containsExactly("ably-auth.keys: is missing, expected an Ably API key, such as ably-auth.keys[0].value");
	}

	@Test
	void problemsWhenTheFirstDrainsThenNamed() {
		assertThat(problems(new KeyProperties(ONE, null, null, false, LATER))).containsExactly(
				"ably-auth.keys[0].drain-until: the first key signs for newcomers, expected it at a later" + " one");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {
			"other.key:abcdefghijkl;ably-auth.keys: belong to different Ably apps, expected keys of one",
			"I2E_JQ.one:abcdefghijkl;ably-auth.keys[1].value: has the key I2E_JQ.one, which is named before with another secret",
			"sample.devkey:abcdefghij;ably-auth.keys: belong to different Ably apps, expected keys of one",
			"I2E_JQ.one;ably-auth.keys[1].value: is not an Ably API key of the form appId.keyId:secret: it has no colon",
			"'';ably-auth.keys[1].value: is missing, expected an Ably API key, either as value or as file" })
	void problemsWhenTheSecondKeyIsWrongThenNamed(String second, String problem) {
		assertThat(problems(value(ONE), value(second))).containsExactly(problem);
	}

	@Test
	void problemsWhenSampleThenNamedUnlessInDevMode() {
		List<KeyProperties> keys = List.of(value("sample.devkey:abcdefghij"));
		assertThat(KeyProperties.problems(keys, Operations.standard(), false, NOW))
			.containsExactly("ably-auth.keys[0]: is the made-up key of the dev mode, expected one of your Ably app");
		assertThat(KeyProperties.problems(keys, Operations.standard(), true, NOW)).isEmpty();
	}

	@Test
	void problemsWhenAFileIsWrongThenFileAndReason() {
		Path file = TestLiveKeys.write(this.folder.resolve("key"), "secret-without-colon");
		assertThat(problems(value(ONE), TestLiveKeys.in(file))).containsExactly("ably-auth.keys[1].file: the file "
				+ file + " is not an Ably API key of the form appId.keyId:secret: it has no colon");
	}

	@Test
	void problemsThenOneForEachKeyAndCapability() {
		assertThat(problems(value("x"), new KeyProperties("y", null, "z", false, null))).satisfiesExactly(
				(line) -> assertThat(line).startsWith("ably-auth.keys[0].value: is not"),
				(line) -> assertThat(line).startsWith("ably-auth.keys[1].value: is not"),
				(line) -> assertThat(line).startsWith("ably-auth.keys[1].capability: "));
	}

	@Test
	void toStringThenNoKey() {
		assertThat(List.of(value(ONE).toString(), KeyReadings.of(List.of(value(ONE))).toString()).toString())
			.doesNotContain(TestLiveKeys.secret("one"));
	}

	private static KeyProperties value(String key) {
		return new KeyProperties(key, null, null, false, null);
	}

	private static List<String> problems(KeyProperties... keys) {
		return KeyProperties.problems(List.of(keys), Operations.standard(), false, NOW);
	}

}
