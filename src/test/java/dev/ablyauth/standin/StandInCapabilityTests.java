package dev.ablyauth.standin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StandInCapabilityTests {

	@ParameterizedTest
	@CsvSource({ "name, name, true", "name, Name, false", "*, a, true", "*, a:b, true", "*, [meta]log, false",
			"ns:*, ns:a, true", "ns:*, ns:a:b, true", "ns:*, ns, false", "foo:*:baz, foo:bar:baz, true",
			"foo:*:baz, foo:bar:bam:baz, false", "foo*, foobar, false", "foo*, foo*, true",
			"[meta]*, [meta]log:push, true", "[meta]log, [meta?foo=bar]log, true", "[*]*, [meta]log, true",
			"[*]*, a:b, true", "room, [?rewind=1]room, true", "room, room::$chat, true", "ns:*, ns:r::$cursors, true" })
	void coversWhenChannelNamedThenByTheWildcardRules(String resource, String channel, boolean covered) {
		StandInCapability capability = StandInCapability.parse("{\"" + resource + "\":[\"subscribe\"]}");
		assertThat(capability.covers(ChannelName.resource(channel))).isEqualTo(covered);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"n":["*"],"ns:user-1":["subscribe"],"priv":["publish"]} | {"ns:*":["publish","subscribe"],"n":["subscribe","history"]} | {"n":["history","subscribe"],"ns:user-1":["subscribe"]}
					{"*":["*"]} | {"ns:*":["publish"]} | {"ns:*":["publish"]}
					{"[*]*":["subscribe"]} | {"a":["*"],"[meta]log":["subscribe"]} | {"[meta]log":["subscribe"],"a":["subscribe"]}
					{"a:b":["*"]} | {"a:*":["publish"],"a:b":["subscribe"]} | {"a:b":["publish","subscribe"]}
					""")
	void withinWhenKeyAllowsPartThenThatPart(String wanted, String held, String both) {
		StandInCapability capability = StandInCapability.parse(wanted).within(StandInCapability.parse(held));
		assertThat(capability).hasToString(both);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"b":["*"]} | {"a":["*"]}
			{"[meta]log":["subscribe"]} | {"*":["*"]}
			{} | {"*":["*"]}
			""")
	void withinWhenNothingInCommonThenRefused(String wanted, String held) {
		StandInCapability key = StandInCapability.parse(held);
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> StandInCapability.parse(wanted).within(key))
			.satisfies((refused) -> assertThat(refused.at("").code()).isEqualTo(40160));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{\"a\":[]}", "{\"a\":\"publish\"}", "{\"a\":[\"read\"]}", "{a:['publish']}",
			"{\"a\":[\"*\",\"publish\"]}", "{\"a\":[\"publish\"],\"a\":[\"publish\"]}", "{\"a\":[\"publish\"]} x" })
	void parseWhenTextInvalidThenRefused(String text) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> StandInCapability.parse(text))
			.satisfies((refused) -> assertThat(refused.at("").code()).isEqualTo(40000));
	}

	@Test
	void allowsWhenSeveralEntriesCoverThenTheirUnion() {
		StandInCapability capability = StandInCapability.parse("{\"a:*\":[\"subscribe\"],\"a:b\":[\"publish\"]}");
		assertThat(capability.allows(ChannelName.resource("a:b"), "subscribe")).isTrue();
		assertThat(capability.allows(ChannelName.resource("a:b"), "publish")).isTrue();
		assertThat(capability.allows(ChannelName.resource("a:c"), "publish")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":a", "[queue]a", "a\nb", "[?rewind=1]", "::$chat" })
	void resourceWhenChannelNameInvalidThenRefused(String channel) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> ChannelName.resource(channel))
			.satisfies((refused) -> assertThat(refused.at("").code()).isEqualTo(40010));
	}

}
