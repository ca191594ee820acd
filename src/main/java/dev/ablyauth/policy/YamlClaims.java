package dev.ablyauth.policy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns a piece of a YAML file into the values that a session has in its claims: texts,
 * longs, doubles, booleans, lists and maps.
 */
final class YamlClaims {

	private YamlClaims() {
	}

	static @Nullable Object read(Node node) {
		if (node instanceof MappingNode mapping) {
			Map<String, Object> claims = new LinkedHashMap<>();
			for (NodeTuple entry : mapping.getValue()) {
				Object value = read(entry.getValueNode());
				if (value != null && entry.getKeyNode() instanceof ScalarNode key) {
					claims.put(key.getValue(), value);
				}
			}
			return claims;
		}
		if (node instanceof SequenceNode sequence) {
			List<@Nullable Object> items = new ArrayList<>();
			sequence.getValue().forEach((item) -> items.add(read(item)));
			return items;
		}
		return scalar((ScalarNode) node);
	}

	private static @Nullable Object scalar(ScalarNode node) {
		String text = node.getValue();
		Tag tag = node.getTag();
		if (tag.equals(Tag.NULL)) {
			return null;
		}
		if (tag.equals(Tag.BOOL)) {
			return Boolean.valueOf(text);
		}
		if (tag.equals(Tag.INT) && text.matches("-?[0-9]{1,18}")) {
			return new BigInteger(text).longValue();
		}
		if (tag.equals(Tag.FLOAT) && text.matches("-?[0-9]+\\.[0-9]+")) {
			return Double.valueOf(text);
		}
		return text;
	}

}
