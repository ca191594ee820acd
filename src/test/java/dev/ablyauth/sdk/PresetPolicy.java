package dev.ablyauth.sdk;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * A policy with a rule for each way in which a test grants the presets of a product. The
 * role of a user says which rule applies.
 *
 * @param product the key of the grants
 * @param resource the rooms or spaces
 * @param operations the operations of all features together
 */
record PresetPolicy(String product, String resource, List<String> operations) {

	/** The role of one who has every operation. */
	static final String EVERYTHING = "everything";

	/** The role of one who has a single feature and nothing else. */
	static String only(String feature) {
		return "only " + feature;
	}

	/** The role of one who has every operation but these, which are given by a blank. */
	static String allBut(String operations) {
		return "all but " + operations;
	}

	String text(Collection<String> features, Collection<String> losses) {
		StringBuilder text = new StringBuilder("rules:\n");
		text.append(rule(EVERYTHING, "channel", "operations", this.operations));
		for (String feature : new TreeSet<>(features)) {
			text.append(rule(only(feature), this.product, "features", List.of(feature)));
		}
		for (String loss : new TreeSet<>(losses)) {
			Collection<String> left = new TreeSet<>(this.operations);
			left.removeAll(List.of(loss.split(" ")));
			text.append(rule(allBut(loss), "channel", "operations", left));
		}
		return text.toString();
	}

	private String rule(String role, String key, String what, Collection<String> names) {
		return """
				  - name: %1$s
				    when: '"%1$s" in user.roles'
				    grant:
				      - %2$s: "%3$s"
				        %4$s: [%5$s]
				""".formatted(role, key, this.resource, what, String.join(", ", names));
	}

}
