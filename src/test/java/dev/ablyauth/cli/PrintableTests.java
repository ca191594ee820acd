package dev.ablyauth.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a terminal would obey is never printed.
 */
class PrintableTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "ann;ann", "team:red:*;team:red:*", "\u00e9quipe;\u00e9quipe",
			"two words;\"two words\"", "a,b;\"a,b\"", "say \"hi\";\"say \\\"hi\\\"\"", "a\\b;\"a\\\\b\"" })
	void nameThenInQuotesOnlyWhereItMustBe(String text, String printed) {
		assertThat(Printable.name(text)).isEqualTo(printed);
	}

	@Test
	void nameWhenEmptyThenQuotes() {
		assertThat(Printable.name("")).isEqualTo("\"\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "1b;\\u001b", "9b;\\u009b", "a;\\u000a", "7f;\\u007f", "202e;\\u202e",
			"2028;\\u2028", "200d;\\u200d", "d800;\\ud800", "e0041;\\u{e0041}" })
	void quotedWhenInvisibleThenItsCode(String codePoint, String printed) {
		String text = "a" + Character.toString(Integer.parseInt(codePoint, 16)) + "b";
		assertThat(Printable.quoted(text)).isEqualTo("\"a" + printed + "b\"");
		assertThat(Printable.name(text)).isEqualTo(Printable.quoted(text));
	}

	@Test
	void inspectWhenTokenHoldsTerminalCodesThenNoneIsPrinted() {
		String token = TestTokens
			.jwt("\"x-ably-clientId\":\"\\u001b[2J\\u009b\",\"ably.channel.a\":\"\\u202e\"," + "\"x-ably-\\u001b\":1");
		for (String option : new String[] { "--key-capability={\"*\":[\"*\"]}", "--json" }) {
			assertThat(new CommandRun().run("inspect", token, option).out()).isNotEmpty()
				.matches("(?s)[\\n\\r\\x20-\\x7e]*");
		}
	}

}
