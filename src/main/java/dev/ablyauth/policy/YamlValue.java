package dev.ablyauth.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of a YAML file, taken as what it is expected to be. Where it is something else,
 * an error is noted.
 *
 * @param file in which it stands
 * @param node what stands there
 * @param name what messages call it
 */
record YamlValue(YamlFile file, Node node, String name) {

	private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,6})([smhd])");

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

	/** A text, where {@code what} is all that may stand there. */
	Optional<String> text(String what) {
		if (this.node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
			return Optional.of(scalar.getValue());
		}
		return refuse(what, describe(this.node) + hint(this.node));
	}

	/** A text, turned into a value that may refuse it. */
	<T> Optional<T> text(String what, Function<String, T> value) {
		Optional<String> text = text(what);
		try {
			return text.map(value);
		}
		catch (FlawedTextException ex) {
			ex.flaws()
				.forEach((flaw) -> this.file.problem((ScalarNode) this.node, flaw.index(),
						Quoted.of(text.orElseThrow()) + " " + flaw.message()));
		}
		catch (IllegalArgumentException ex) {
			this.file.problem(this.node, Quoted.of(text.orElseThrow()) + " " + ex.getMessage());
		}
		return Optional.empty();
	}

	Optional<Boolean> flag() {
		String text = scalar();
		if (List.of("true", "false").contains(text)) {
			return Optional.of(Boolean.valueOf(text));
		}
		String hint = text.matches("(?i)yes|y|on|true") ? "; did you mean true?"
				: text.matches("(?i)no|n|off|false") ? "; did you mean false?" : "";
		return refuse("true or false", text.isEmpty() ? describe(this.node) : Quoted.of(text) + hint);
	}

	/** A number more than 0. */
	Optional<BigDecimal> number() {
		String text = scalar();
		return (NUMBER.matcher(text).matches() && new BigDecimal(text).signum() > 0) ? Optional.of(new BigDecimal(text))
				: refuse("a number more than 0", describe(this.node));
	}

	Optional<Duration> duration() {
		Matcher matcher = DURATION.matcher(scalar());
		if (!matcher.matches()) {
			return refuse("a time such as 90s, 30m, 1h or 1d", describe(this.node));
		}
		long number = Long.parseLong(matcher.group(1));
		return Optional.of(switch (matcher.group(2)) {
			case "s" -> Duration.ofSeconds(number);
			case "m" -> Duration.ofMinutes(number);
			case "h" -> Duration.ofHours(number);
			default -> Duration.ofDays(number);
		});
	}

	/** The items of a list, or the one value that stands there without a list. */
	List<YamlValue> items() {
		if (!(this.node instanceof SequenceNode sequence)) {
			return List.of(this);
		}
		if (sequence.getValue().isEmpty()) {
			this.file.problem(this.node, this.name + " must not be empty");
		}
		return sequence.getValue().stream().map((item) -> new YamlValue(this.file, item, this.name)).toList();
	}

	private String scalar() {
		return (this.node instanceof ScalarNode scalar) ? scalar.getValue() : "";
	}

	private <T> Optional<T> refuse(String expected, String found) {
		this.file.problem(this.node, this.name + " must be " + expected + ", found " + found);
		return Optional.empty();
	}

	/** Says what stands there, as YAML sees it. */
	static String describe(Node node) {
		if (!(node instanceof ScalarNode scalar)) {
			return (node instanceof SequenceNode) ? "a list" : "a mapping";
		}
		Tag tag = scalar.getTag();
		String written = Quoted.shortened(scalar.getValue());
		if (tag.equals(Tag.NULL)) {
			return written.isEmpty() ? "nothing" : "nothing (" + written + ")";
		}
		if (tag.equals(Tag.BOOL)) {
			return written.matches("(?i)true|false") ? "the value " + written
					: written + ", which is true or false to YAML";
		}
		if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
			return "the number " + written;
		}
		return tag.equals(Tag.TIMESTAMP) ? "the date " + written : Quoted.of(scalar.getValue());
	}

	/** Says how to write it as a text. */
	private static String hint(Node node) {
		if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
			return "; as a text it needs quotes: " + Quoted.of(scalar.getValue());
		}
		return (node instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.FLOW)
				? "; a text that begins with { or [ needs quotes" : "";
	}

}
