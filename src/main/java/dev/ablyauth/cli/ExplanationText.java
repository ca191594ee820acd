package dev.ablyauth.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

import dev.ablyauth.policy.Explanation;
import dev.ablyauth.policy.RuleVerdict;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * An explanation for a person.
 */
final class ExplanationText {

	private static final JsonMapper JSON = new JsonMapper();

	private ExplanationText() {
	}

	static Answer answer(Explanation explanation) {
		StringJoiner lines = new StringJoiner("\n");
		Explanation.Given given = explanation.given();
		if (given != null) {
			given(given, lines);
		}
		else {
			lines.add("Refused: " + explanation.message() + " (" + explanation.reason() + ")");
		}
		Explanation.Token token = explanation.token();
		if (token != null) {
			lines.add("Issued as " + token.format() + ((token.bytes() != null) ? " of " + token.bytes() + " bytes" : "")
					+ ", for " + token.lifetimeSeconds() + " s at most, which is the limit of: "
					+ token.lifetimeSetBy());
			lines.add("Signed by the key " + token.key());
		}
		lines.add("Rules:");
		explanation.rules().forEach((rule) -> lines.add("  " + line(rule)));
		return new Answer(explanation.granted(), Printable.lines(lines.toString()),
				JSON.convertValue(explanation, new TypeReference<Map<String, Object>>() {
				}));
	}

	private static void given(Explanation.Given given, StringJoiner lines) {
		lines.add("Granted, as the client \"" + given.clientId() + "\":");
		given.capability()
			.forEach((entry) -> lines
				.add("  " + entry.resource() + "  " + entry.operation() + "  by " + String.join(", ", entry.rules())));
		lost("Asked for, and not given:", given.lost(), lines);
		lost("Given by the policy, and not allowed by the key:", given.lostToKey(), lines);
		Explanation.Features features = given.features();
		features.userClaims().forEach((where, value) -> lines.add("User claim on " + where + ": " + value));
		features.roomClaims().forEach((where, value) -> lines.add("Room claim on " + where + ": " + value));
		features.publishLimits()
			.forEach((where, rate) -> lines.add("At most " + rate + " messages a second on " + where));
		if (features.revocationKey() != null) {
			lines.add("Revocation key: " + features.revocationKey());
		}
	}

	private static void lost(String title, @Nullable Map<String, List<String>> lost, StringJoiner lines) {
		if (lost != null) {
			lines.add(title);
			lost.forEach((resource, operations) -> lines.add("  " + resource + "  " + String.join(", ", operations)));
		}
	}

	private static String line(RuleVerdict rule) {
		return rule.rule() + ": " + rule.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", because "
				+ rule.reason();
	}

}
