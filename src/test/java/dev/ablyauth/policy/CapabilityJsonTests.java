package dev.ablyauth.policy;

import dev.ablyauth.ably.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CapabilityJsonTests {

	private final CapabilityJson reader = new CapabilityJson(Operations.standard());

	@Test
	void readThenCanonical() {
		assertThat(this.reader.read(" { \"b\" : [ \"subscribe\" , \"publish\" ],\n\"a\":[\"*\"]} ").text())
			.isEqualTo("{\"a\":[\"*\"],\"b\":[\"publish\",\"subscribe\"]}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "[]", "null", "\"a\"", "chat:*", "{\"a\":\"publish\"}", "{\"a\":[]}",
			"{\"a\":[\"publsh\"]}", "{\"a\":[\"*\",\"publish\"]}", "{\"a\":[1]}", "{\"a\":[null]}", "{\"a\":{}}",
			"{\"a\":[[\"publish\"]]}", "{\"\":[\"publish\"]}", "{\"a\":[\"publish\"],\"a\":[\"history\"]}",
			"{\"a\":[\"publish\"]}x", "{a:['publish']}", "{\"a\\ud800\":[\"publish\"]}", "{\"a\\n\":[\"publish\"]}",
			"{\"[?rewind=1]a\":[\"publish\"]}", "{\"a\":[\"publish\"]", "{\"a\":[\"publish\",]}" })
	void readWhenNoCapabilityThenRefusedWithoutRepeatingIt(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.reader.read(text))
			.withMessageNotContaining("publsh");
	}

}
