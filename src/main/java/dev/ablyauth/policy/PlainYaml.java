package dev.ablyauth.policy;

import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The part of YAML that a policy may use. Anchors, aliases and merge keys can make a
 * small file a huge one and hide what a reader should see; tags change what a value is.
 */
final class PlainYaml {

	/** How many mappings and lists may stand inside each other. */
	static final int MAX_DEPTH = 20;

	private final Consumer<PolicyProblem> problems;

	private int depth;

	PlainYaml(Consumer<PolicyProblem> problems) {
		this.problems = problems;
	}

	/** Finds the first character that YAML does not have. */
	static Optional<PolicyProblem> unprintable(String text) {
		for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
			int c = text.codePointAt(i);
			if (!StreamReader.isPrintable(c)) {
				return Optional.of(Place.START.after(text.substring(0, i))
					.problem("the character U+" + String.format("%04X", c) + " cannot stand in a YAML file"));
			}
		}
		return Optional.empty();
	}

	boolean isTooDeep() {
		return this.depth > MAX_DEPTH;
	}

	void check(Event event) {
		if (event instanceof CollectionStartEvent start) {
			this.depth++;
			if (isTooDeep()) {
				problem(event, "more than " + MAX_DEPTH + " mappings and lists stand inside each other");
			}
			checkTag(event, start.getTag());
		}
		else if (event instanceof CollectionEndEvent) {
			this.depth--;
		}
		else if (event instanceof ScalarEvent scalar) {
			checkTag(event, scalar.getTag());
			if (scalar.isPlain() && scalar.getValue().equals("<<")) {
				problem(event, "\"<<\": merge keys are not allowed; write down what is to be there");
			}
		}
		if (event instanceof NodeEvent node && node.getAnchor() != null) {
			String sign = (event instanceof AliasEvent) ? "*" : "&";
			problem(event, Quoted.of(sign + node.getAnchor())
					+ ": anchors and aliases are not allowed; a text that begins with " + sign + " needs quotes");
		}
	}

	private void checkTag(Event event, @Nullable String tag) {
		if (tag != null) {
			String written = tag.startsWith(Tag.PREFIX) ? "!!" + tag.substring(Tag.PREFIX.length()) : tag;
			problem(event, Quoted.of(written) + ": tags are not allowed; a text that begins with ! needs quotes");
		}
	}

	private void problem(Event event, String message) {
		this.problems.accept(YamlFile.place(event.getStartMark()).problem(message));
	}

}
