package dev.ablyauth.ably;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values are what they say: two of one text are one value.
 */
class EqualityTests {

	static Stream<Arguments> values() {
		return Stream.of(value(Resource::parse, "a:*", "a:b"), value(ClientId::of, "ann", "bob"),
				value(Operation::new, "publish", "history"), value(EqualityTests::operations, "publish", "*"),
				value(KeyName::new, "appid.key1", "appid.key2"), value(RevocationKey::new, "k", "l"),
				value(Nonce::new, "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAB"),
				value((text) -> CapabilityTests.capability(Map.of("a", List.of(text))), "publish", "history"));
	}

	private static Arguments value(Function<String, Object> made, String text, String other) {
		return Arguments.of(made, text, other);
	}

	private static OperationSet operations(String name) {
		return Operations.standard().read(List.of(name));
	}

	@ParameterizedTest
	@MethodSource("values")
	void equalsWhenTheTextIsTheSameThenSo(Function<String, Object> made, String text, String other) {
		assertThat(made.apply(text)).isEqualTo(made.apply(text))
			.hasSameHashCodeAs(made.apply(text))
			.isNotEqualTo(made.apply(other))
			.isNotEqualTo(null)
			.isNotEqualTo(text);
	}

	/** A wish can name many; a map of them must stay fast. */
	@ParameterizedTest
	@MethodSource("values")
	void hashCodeWhenTheTextDiffersThenSpread(Function<String, Object> made, String text, String other) {
		assertThat(made.apply(text).hashCode()).isNotEqualTo(made.apply(other).hashCode());
	}

	@ParameterizedTest
	@MethodSource("values")
	void toStringThenHasTheText(Function<String, Object> made, String text, String other) {
		assertThat(made.apply(text).toString()).contains(text).doesNotContain(other);
	}

}
