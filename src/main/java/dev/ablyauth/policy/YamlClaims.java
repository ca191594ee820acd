package dev.ablyauth.policy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns a piece of a YAML file into the values that a session has in its claims: texts,
 * longs, doubles, booleans, lists and maps. What YAML reads differently from JSON, such
 * as {@code yes} and {@code 0x10}, is an error: a test would try another value than the
 * one that its author sees.
 */
final class YamlClaims {

	private final YamlFile file;

	YamlClaims(YamlFile file) {
		this.file = file;
	}

	@Nullable Object read(Node node) {
		if (node instanceof MappingNode mapping) {
			return YamlMap.of(this.file, mapping, "").map(YamlMap::claims).orElse(Map.of());
		}
		if (node instanceof SequenceNode sequence) {
			List<@Nullable Object> items = new ArrayList<>();
			sequence.getValue().forEach((item) -> items.add(read(item)));
			return items;
		}
		return scalar((ScalarNode) node);
	}

	private @Nullable Object scalar(ScalarNode node) {
		String text = node.getValue();
		Tag tag = node.getTag();
		if (tag.equals(Tag.NULL)) {
			return null;
		}
		if (tag.equals(Tag.BOOL) && text.matches("true|false")) {
			return Boolean.valueOf(text);
		}
		if (tag.equals(Tag.INT) && text.matches("-?(0|[1-9][0-9]{0,17})")) {
			return new BigInteger(text).longValue();
		}
		if (tag.equals(Tag.FLOAT) && text.matches("-?[0-9]+\\.[0-9]+")) {
			return Double.valueOf(text);
		}
		if (!tag.equals(Tag.STR) && !tag.equals(Tag.TIMESTAMP)) {
			this.file.problem(node, "the value of a claim is text in quotes, a number such as 7 or 0.5, true or false,"
					+ " found " + YamlValue.describe(node));
		}
		return text;
	}

}
