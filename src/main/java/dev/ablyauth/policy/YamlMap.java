package dev.ablyauth.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a YAML file. Values are taken by key and type; an error is noted with its
 * place, and reading goes on, so that all errors are found at once. What nobody asked for
 * is an unknown key.
 */
final class YamlMap {

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

	private final YamlFile file;

	private final Node node;

	private final Map<String, NodeTuple> entries = new LinkedHashMap<>();

	private final List<String> known = new ArrayList<>();

	private YamlMap(YamlFile file, MappingNode node) {
		this.file = file;
		this.node = node;
	}

	static Optional<YamlMap> of(YamlFile file, Node node, String what) {
		if (!(node instanceof MappingNode mapping)) {
			file.problem(node, what + " must be a mapping, found " + describe(node));
			return Optional.empty();
		}
		YamlMap map = new YamlMap(file, mapping);
		mapping.getValue().forEach(map::add);
		return Optional.of(map);
	}

	private void add(NodeTuple entry) {
		if (!(entry.getKeyNode() instanceof ScalarNode key)) {
			this.file.problem(entry.getKeyNode(), "a key must be a word, found " + describe(entry.getKeyNode()));
		}
		else if (this.entries.putIfAbsent(key.getValue(), entry) != null) {
			this.file.problem(key, "\"" + key.getValue() + "\" is there twice");
		}
	}

	private @Nullable Node find(String key) {
		this.known.add(key);
		NodeTuple entry = this.entries.get(key);
		return (entry != null) ? entry.getValueNode() : null;
	}

	boolean has(String key) {
		return find(key) != null;
	}

	/** Notes an error at the value of a key, or at the mapping where there is none. */
	void problem(@Nullable String key, String message) {
		NodeTuple entry = (key != null) ? this.entries.get(key) : null;
		this.file.problem((entry != null) ? entry.getValueNode() : this.node, message);
	}

	/** Notes something that is no error. */
	void warning(String key, String message) {
		NodeTuple entry = this.entries.get(key);
		this.file.warning((entry != null) ? entry.getValueNode() : this.node, message);
	}

	/** Where the value of a key stands, or the mapping where there is none. */
	Place place(String key) {
		NodeTuple entry = this.entries.get(key);
		return YamlFile.place(((entry != null) ? entry.getValueNode() : this.node).getStartMark());
	}

	/** The keys of a mapping whose keys are data; each of them counts as known. */
	Set<String> keys() {
		this.known.addAll(this.entries.keySet());
		return this.entries.keySet();
	}

	/** A mapping inside this one. */
	Optional<YamlMap> map(String key) {
		Node value = find(key);
		return (value != null) ? of(this.file, value, "\"" + key + "\"") : Optional.empty();
	}

	/** Notes an error at a key that is data, unless it can be turned into a value. */
	<T> Optional<T> key(String key, Function<String, T> value) {
		try {
			return Optional.of(value.apply(key));
		}
		catch (IllegalArgumentException ex) {
			this.file.problem(Objects.requireNonNull(this.entries.get(key)).getKeyNode(),
					"\"" + key + "\" " + ex.getMessage());
			return Optional.empty();
		}
	}

	/** A number more than 0. */
	Optional<BigDecimal> number(String key) {
		Node value = find(key);
		if (value == null) {
			return Optional.empty();
		}
		if (value instanceof ScalarNode scalar && NUMBER.matcher(scalar.getValue()).matches()
				&& new BigDecimal(scalar.getValue()).signum() > 0) {
			return Optional.of(new BigDecimal(scalar.getValue()));
		}
		this.file.problem(value, "\"" + key + "\" must be a number more than 0, found " + describe(value));
		return Optional.empty();
	}

	/** A value of any kind, as a session would bring it in a claim; empty for nothing. */
	Optional<Object> claim(String key) {
		Node value = find(key);
		return (value != null) ? Optional.ofNullable(YamlClaims.read(value)) : Optional.empty();
	}

	Optional<String> text(String key) {
		Node value = find(key);
		return (value != null) ? text(value, "\"" + key + "\"") : Optional.empty();
	}

	private Optional<String> text(Node value, String what) {
		if (value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
			return Optional.of(scalar.getValue());
		}
		this.file.problem(value, what + " must be text, found " + describe(value));
		return Optional.empty();
	}

	Optional<Boolean> flag(String key) {
		Node value = find(key);
		if (value == null) {
			return Optional.empty();
		}
		if (value instanceof ScalarNode scalar && List.of("true", "false").contains(scalar.getValue())) {
			return Optional.of(Boolean.valueOf(scalar.getValue()));
		}
		this.file.problem(value, "\"" + key + "\" must be true or false, found " + describe(value));
		return Optional.empty();
	}

	/** One text, turned into a value that may refuse it. */
	<T> Optional<T> value(String key, Function<String, T> value) {
		return text(key).flatMap((text) -> {
			try {
				return Optional.of(value.apply(text));
			}
			catch (IllegalArgumentException ex) {
				problem(key, "\"" + text + "\" " + ex.getMessage());
				return Optional.empty();
			}
		});
	}

	/** One text or a list of texts, each turned into a value that may refuse it. */
	<T> List<T> texts(String key, Function<String, T> value) {
		List<T> values = new ArrayList<>();
		for (Node item : items(key)) {
			text(item, "\"" + key + "\"").ifPresent((text) -> {
				try {
					values.add(value.apply(text));
				}
				catch (IllegalArgumentException ex) {
					this.file.problem(item, "\"" + text + "\" " + ex.getMessage());
				}
			});
		}
		return values;
	}

	private List<Node> items(String key) {
		Node value = find(key);
		if (value == null) {
			return List.of();
		}
		if (!(value instanceof SequenceNode sequence)) {
			return List.of(value);
		}
		if (sequence.getValue().isEmpty()) {
			this.file.problem(value, "\"" + key + "\" must not be empty");
		}
		return sequence.getValue();
	}

	/** A list of mappings. */
	List<YamlMap> maps(String key, String what) {
		Node value = find(key);
		if (value != null && !(value instanceof SequenceNode)) {
			this.file.problem(value, "\"" + key + "\" must be a list, found " + describe(value));
			return List.of();
		}
		return items(key).stream().flatMap((item) -> of(this.file, item, what).stream()).toList();
	}

	/** To be called after everything was asked for: what is left is unknown. */
	void refuseUnknownKeys() {
		this.entries.forEach((key, entry) -> {
			if (!this.known.contains(key)) {
				this.file.problem(entry.getKeyNode(),
						"unknown key \"" + key + "\"" + Nearest.expected(key, this.known.stream().distinct().toList()));
			}
		});
	}

	private static String describe(Node node) {
		if (node instanceof ScalarNode scalar) {
			return scalar.getTag().equals(Tag.NULL) ? "nothing" : "\"" + scalar.getValue() + "\"";
		}
		return (node instanceof SequenceNode) ? "a list" : "a mapping";
	}

}
