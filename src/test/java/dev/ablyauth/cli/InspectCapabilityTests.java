package dev.ablyauth.cli;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code inspect} says of capabilities.
 */
class InspectCapabilityTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`', value = { ";capability-empty-text", "{};capability-empty",
			"[];capability-type", "x;capability-not-json",
			"{\"a\":[\"publish\"],\"a\":[\"history\"]};capability-not-json", "{a:['publish']};capability-not-json",
			"{\"a\":\"publish\"};operations-type", "{\"a\":[]};no-operations", "{\"a\":[5]};unknown-operation",
			"{\"a\":[\"*\",\"publish\"]};wildcard-not-alone", "{\"a\":[\"publsh\"]};unknown-operation",
			"{\"a\":[\"presence-subscribe\"]};unknown-operation", "{\"foo*\":[\"publish\"]};literal-wildcard",
			"{\"a:*b:c\":[\"publish\"]};literal-wildcard", "{\"[meta]l*\":[\"subscribe\"]};literal-wildcard",
			"{\"room::$chat\":[\"publish\"]};directive", "{\"room::$chat*\":[\"publish\"]};directive,literal-wildcard",
			"{\"[?rewind=1]a\":[\"publish\"]};resource", "{\":a\":[\"publish\"]};resource",
			"{\"\":[\"publish\"]};resource", "{\"a\\nb\":[\"publish\"]};resource",
			"{\"foo*\":[\"publsh\"],\"b\":[]};literal-wildcard,unknown-operation,no-operations" })
	void capabilityWhenWrongThenSays(String capability, String codes) {
		CommandRun.Ended ended = inspect((capability != null) ? capability : "");
		assertThat(ended.warnings()).as(ended.out()).containsExactlyElementsOf(List.of(codes.split(",")));
		assertThat(ended.exitCode()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`', value = {
			"{\"team:red:*\":[\"subscribe\",\"publish\"]};all channels below team:red, any depth: publish, subscribe",
			"{\"*\":[\"*\"]};all channels: every operation",
			"{\"[*]*\":[\"stats\"]};all channels, queues and metachannels: stats",
			"{\"[queue]*\":[\"subscribe\"]};all queues: subscribe",
			"{\"[queue]app-q\":[\"subscribe\"]};the queue app-q: subscribe",
			"{\"[meta]log\":[\"subscribe\"]};the metachannel log: subscribe",
			"{\"[meta]*\":[\"history\"]};all metachannels: history",
			"{\"notify:ann\":[\"history\"]};the channel notify:ann: history",
			"{\"a:*:b\":[\"publish\"]};channels a:*:b, where * is any one segment: publish",
			"{\"a:*:*\":[\"publish\"]};channels a:*:*, where * is any one segment, and at the end any depth: publish",
			"{\"two words\":[\"publish\"]};the channel \"two words\": publish",
			"{\"\u00e9quipe:\u6771\":[\"publish\"]};the channel \u00e9quipe:\u6771: publish" })
	void capabilityThenSaidInWords(String capability, String words) {
		CommandRun.Ended ended = new CommandRun().run("inspect", TestTokens.withCapability(capability));
		assertThat(ended.out()).containsPattern("(?m)^  allows +\\Q" + words + "\\E$");
		assertThat(ended.exitCode()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "publsh;publish", "Subscribe;subscribe", "presence-subscribe;subscribe",
			"message-append;message-update-own", "statistics;stats", "channel-metdata;channel-metadata" })
	void operationWhenMisspeltThenSaysWhichWasMeant(String written, String meant) {
		assertThat(new CommandRun().run("inspect", TestTokens.withCapability("{\"a\":[\"" + written + "\"]}")).out())
			.contains("Ably has no operation " + written, "Did you mean " + meant + "?");
	}

	@Test
	void operationWhenLikeNoOtherThenNothingIsSuggested() {
		assertThat(new CommandRun().run("inspect", TestTokens.withCapability("{\"a\":[\"fly\"]}")).out())
			.contains("Ably has no operation fly")
			.doesNotContain("Did you mean");
	}

	@Test
	void operationWhenAddedByOptionThenKnown() {
		String token = TestTokens.withCapability("{\"a\":[\"fly\",\"swim\"]}");
		assertThat(new CommandRun().run("inspect", "--json", "--additional-operations=fly,swim", token).warnings())
			.isEmpty();
		assertThat(new CommandRun().run("inspect", "--json", "--additional-operations=fly", token).warnings())
			.containsExactly("unknown-operation");
	}

	@Test
	void keyCapabilityWhenItTakesAwayThenSaysWhatIsLeft() {
		String token = TestTokens.withCapability("{\"team:red:*\":[\"publish\",\"subscribe\"]}");
		CommandRun.Ended ended = new CommandRun().run("inspect", "--json", token,
				"--key-capability={\"team:*\":[\"subscribe\"]}");
		assertThat(ended.exitCode()).isZero();
		assertThat(ended.notes()).containsExactly("narrowed");
		assertThat(ended.json().at("/notes/0/message").asString())
			.contains("\"{\\\"team:red:*\\\":[\\\"subscribe\\\"]}\"");
		assertThat(new CommandRun().run("inspect", "--json", token, "--key-capability={\"*\":[\"*\"]}").notes())
			.isEmpty();
	}

	@Test
	void capabilityWhenClaimIsAnObjectThenSaysThatItMustBeAString() {
		CommandRun.Ended ended = new CommandRun().run("inspect", "--json", TestTokens.jwt(TestTokens.HEADER,
				"{\"iat\":1767225600,\"exp\":1767229200,\"x-ably-capability\":{\"a\":[\"publish\"]}}"));
		assertThat(ended.warnings()).containsExactly("x-ably-capability-type");
		assertThat(ended.json().get("capability").isNull()).isTrue();
	}

	private static CommandRun.Ended inspect(String capability) {
		return new CommandRun().withKey().run("inspect", "--json", TestTokens.withCapability(capability));
	}

}
