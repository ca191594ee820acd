package dev.ablyauth.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.session.ClaimPath;

/**
 * Reads one grant of a rule.
 */
final class GrantReader {

	private static final String CHANNEL = "channel";

	private static final String FOR_EACH = "for-each";

	private static final Pattern ELEMENT = Pattern.compile("(?!user$|claims$)[a-z][A-Za-z0-9_]{0,31}");

	private static final int MOST_ELEMENTS = 1000;

	private final Operations operations;

	GrantReader(Operations operations) {
		this.operations = operations;
	}

	Optional<GrantTemplate> read(YamlMap grant, boolean leading) {
		Optional<ForEach> forEach = forEach(grant);
		TemplateScope scope = new TemplateScope(leading, forEach.map(ForEach::as).orElse(null));
		List<ResourceTemplate> resources = new ArrayList<>();
		Optional<OperationSet> granted = Optional.empty();
		int keys = 0;
		if (grant.has(CHANNEL)) {
			keys++;
			resources.addAll(resources(grant, CHANNEL, scope));
			granted = operations(grant, "operations", this.operations);
			if (!grant.has("operations")) {
				grant.problem(null, "a grant of a channel needs \"operations\"");
			}
		}
		for (Product product : Product.values()) {
			if (grant.has(product.key())) {
				keys++;
				resources.addAll(resources(grant, product.key(), scope));
				granted = features(grant, product);
			}
		}
		grant.refuseUnknownKeys();
		if (keys != 1) {
			grant.problem(null,
					"a grant names its resource by one of channel, chat, space, live-objects, ai-transport, push");
		}
		return resources.isEmpty() ? Optional.empty()
				: granted.map((set) -> new GrantTemplate(resources, set, forEach.orElse(null)));
	}

	private static Optional<ForEach> forEach(YamlMap grant) {
		Optional<ClaimPath> list = grant.value(FOR_EACH, GrantReader::list);
		Optional<String> as = grant.value("as", GrantReader::element);
		Optional<BigDecimal> max = grant.number("max");
		if (grant.has(FOR_EACH) != grant.has("as")) {
			grant.problem(null, "\"for-each\" and \"as\" belong together");
		}
		if (grant.has("max") && !grant.has(FOR_EACH)) {
			grant.problem("max", "\"max\" says nothing without \"for-each\"");
		}
		if (max.filter((most) -> most.scale() > 0 || most.compareTo(BigDecimal.valueOf(MOST_ELEMENTS)) > 0)
			.isPresent()) {
			grant.problem("max", "\"max\" must be a whole number from 1 to " + MOST_ELEMENTS);
			return Optional.empty();
		}
		return list.flatMap((path) -> as
			.map((name) -> new ForEach(path, name, max.map(BigDecimal::intValue).orElse(ForEach.DEFAULT_MAX))));
	}

	private static ClaimPath list(String text) {
		if (!text.startsWith("claims.") || text.length() == "claims.".length()) {
			throw new IllegalArgumentException("is no list claim, expected claims.NAME");
		}
		return new ClaimPath(text.substring("claims.".length()));
	}

	private static String element(String text) {
		if (!ELEMENT.matcher(text).matches()) {
			throw new IllegalArgumentException(
					"cannot be the name of an element, expected letters and digits, such as project");
		}
		return text;
	}

	private static List<ResourceTemplate> resources(YamlMap grant, String key, TemplateScope scope) {
		List<ResourceTemplate> resources = grant.texts(key, (text) -> ResourceTemplate.parse(text, scope));
		if (scope.element() != null && resources.stream()
			.anyMatch(
					(resource) -> resource.placeholders().noneMatch((value) -> value.name().equals(scope.element())))) {
			grant.problem(key,
					"\"" + key + "\" must use {" + scope.element() + "}, else the grant is the same each time");
		}
		ResourceLint.warnings(resources, key).forEach((warning) -> grant.warning(key, warning));
		return resources;
	}

	/** Reads one operation or a list of them. */
	static Optional<OperationSet> operations(YamlMap map, String key, Operations known) {
		List<String> names = map.texts(key, (name) -> {
			if (!name.equals("*") && !known.names().contains(name)) {
				throw new IllegalArgumentException("is no operation" + Nearest.expected(name, known.names()));
			}
			return name;
		});
		if (names.size() > 1 && names.contains("*")) {
			map.problem(key, "the operation * must stand alone");
			return Optional.empty();
		}
		return names.isEmpty() ? Optional.empty() : Optional.of(known.read(names));
	}

	private Optional<OperationSet> features(YamlMap grant, Product product) {
		List<String> named = grant.texts("features", (feature) -> {
			product.operations(feature);
			return feature;
		});
		if (grant.has("features")) {
			return named.isEmpty() ? Optional.empty() : Optional.of(this.operations.read(product.operations(named)));
		}
		if (product.defaultFeatures().isEmpty()) {
			grant.problem(null, "a grant of " + product.key() + " needs \"features\"");
			return Optional.empty();
		}
		return Optional.of(this.operations.read(product.operations(product.defaultFeatures())));
	}

}
