package dev.ablyauth.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A mapping of a YAML file. Values are taken by key and type; an error is noted with its
 * place, and reading goes on, so that all errors are found at once. What nobody asked for
 * is an unknown key.
 */
final class YamlMap {

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
			file.problem(node, what + " must be a mapping, found " + YamlValue.describe(node));
			return Optional.empty();
		}
		YamlMap map = new YamlMap(file, mapping);
		mapping.getValue().forEach(map::add);
		return Optional.of(map);
	}

	private void add(NodeTuple entry) {
		if (!(entry.getKeyNode() instanceof ScalarNode key)) {
			this.file.problem(entry.getKeyNode(),
					"a key must be a word, found " + YamlValue.describe(entry.getKeyNode()));
			return;
		}
		NodeTuple first = this.entries.putIfAbsent(key.getValue(), entry);
		if (first != null) {
			this.file.problem(key, Quoted.of(key.getValue()) + " is there twice, first in line "
					+ YamlFile.place(first.getKeyNode().getStartMark()).line());
		}
	}

	private Optional<YamlValue> find(String key) {
		this.known.add(key);
		return Optional.ofNullable(this.entries.get(key))
			.map((entry) -> new YamlValue(this.file, entry.getValueNode(), Quoted.of(key)));
	}

	boolean has(String key) {
		return find(key).isPresent();
	}

	/** Notes an error at the value of a key, or at the mapping where there is none. */
	void problem(@Nullable String key, String message) {
		NodeTuple entry = (key != null) ? this.entries.get(key) : null;
		this.file.problem((entry != null) ? entry.getValueNode() : this.node, message);
	}

	/** Notes that a key must not stand where it stands. */
	void problemOfKey(String key, String message) {
		this.file.problem(Objects.requireNonNull(this.entries.get(key)).getKeyNode(), Quoted.of(key) + " " + message);
	}

	/** Notes something that is no error at a key that is data. */
	void warningOfKey(String key, String message) {
		this.file.warning(Objects.requireNonNull(this.entries.get(key)).getKeyNode(), message);
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
		return find(key).flatMap((value) -> of(this.file, value.node(), value.name()));
	}

	/** Notes an error at a key that is data, unless it can be turned into a value. */
	<T> Optional<T> key(String key, Function<String, T> value) {
		try {
			return Optional.of(value.apply(key));
		}
		catch (IllegalArgumentException ex) {
			problemOfKey(key, String.valueOf(ex.getMessage()));
			return Optional.empty();
		}
	}

	/** A number more than 0. */
	Optional<BigDecimal> number(String key) {
		return find(key).flatMap(YamlValue::number);
	}

	/** The values of any kind, as a session would bring them in its claims. */
	Map<String, Object> claims() {
		Map<String, Object> claims = new LinkedHashMap<>();
		YamlClaims reader = new YamlClaims(this.file);
		this.entries.forEach((key, entry) -> {
			Object value = reader.read(entry.getValueNode());
			if (value != null) {
				claims.put(key, value);
			}
		});
		return claims;
	}

	Optional<String> text(String key) {
		return value(key, UnaryOperator.identity());
	}

	Optional<Boolean> flag(String key) {
		return find(key).flatMap(YamlValue::flag);
	}

	Optional<Duration> duration(String key) {
		return find(key).flatMap(YamlValue::duration);
	}

	/** One text, turned into a value that may refuse it. */
	<T> Optional<T> value(String key, Function<String, T> value) {
		return find(key).flatMap((found) -> found.text("text", value));
	}

	/** One text or a list of texts, each turned into a value that may refuse it. */
	<T> List<T> texts(String key, Function<String, T> value) {
		return find(key).stream().flatMap((found) -> {
			String what = (found.node() instanceof SequenceNode) ? "a list of texts" : "text or a list of texts";
			return found.items().stream().flatMap((item) -> item.text(what, value).stream());
		}).toList();
	}

	/** A list of mappings. */
	List<YamlMap> maps(String key, String what) {
		return find(key).filter(this::isList)
			.stream()
			.flatMap((value) -> value.items().stream())
			.flatMap((item) -> of(this.file, item.node(), what).stream())
			.toList();
	}

	private boolean isList(YamlValue value) {
		boolean list = value.node() instanceof SequenceNode;
		if (!list) {
			this.file.problem(value.node(), value.name() + " must be a list, each item after a \"-\", found "
					+ YamlValue.describe(value.node()));
		}
		return list;
	}

	/** To be called after everything was asked for: what is left is unknown. */
	void refuseUnknownKeys() {
		List<String> expected = this.known.stream().distinct().toList();
		this.entries.forEach((key, entry) -> {
			if (!expected.contains(key)) {
				this.file.problem(entry.getKeyNode(),
						"unknown key " + Quoted.of(key) + Nearest.expected(key, expected));
			}
		});
	}

}
