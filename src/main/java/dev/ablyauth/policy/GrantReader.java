package dev.ablyauth.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.session.ClaimPath;

/**
 * Reads one grant of a rule.
 */
final class GrantReader {

	private static final String CHANNEL = "channel";

	private static final String OPERATIONS = "operations";

	private static final String FEATURES = "features";

	private static final String FOR_EACH = "for-each";

	/** The keys that name a resource. */
	private static final List<String> RESOURCES = Stream
		.concat(Stream.of(CHANNEL), Arrays.stream(Product.values()).map(Product::key))
		.toList();

	private static final Pattern ELEMENT = Pattern.compile("(?!user$|claims$)[a-z][A-Za-z0-9_]{0,31}");

	private static final int MOST_ELEMENTS = 1000;

	private final Operations operations;

	GrantReader(Operations operations) {
		this.operations = operations;
	}

	Optional<GrantTemplate> read(YamlMap grant, boolean leading) {
		Optional<ForEach> forEach = forEach(grant);
		TemplateScope scope = TemplateScope.ofRule(leading, grant.text("as").orElse(null));
		List<ResourceTemplate> resources = new ArrayList<>();
		Optional<OperationSet> granted = Optional.empty();
		List<String> keys = RESOURCES.stream().filter(grant::has).toList();
		for (String key : keys) {
			resources.addAll(resources(grant, key, scope));
			granted = key.equals(CHANNEL) ? channelOperations(grant) : features(grant, Product.of(key));
		}
		checkKeys(grant, keys);
		grant.refuseUnknownKeys();
		return resources.isEmpty() ? Optional.empty()
				: granted.map((set) -> new GrantTemplate(resources, set, forEach.orElse(null)));
	}

	private static void checkKeys(YamlMap grant, List<String> keys) {
		if (keys.size() != 1) {
			grant.problem(null, "a grant names its resource by one of " + String.join(", ", RESOURCES) + ", found "
					+ (keys.isEmpty() ? "none of them" : String.join(" and ", keys)));
		}
		boolean operations = grant.has(OPERATIONS);
		boolean features = grant.has(FEATURES);
		if (operations && !keys.isEmpty() && !keys.contains(CHANNEL)) {
			grant.problemOfKey(OPERATIONS, "belongs to channel; a grant of " + keys.get(0) + " has \"features\"");
		}
		if (features && keys.equals(List.of(CHANNEL))) {
			grant.problemOfKey(FEATURES, "belongs to a product such as chat; a grant of channel has \"operations\"");
		}
	}

	private static Optional<ForEach> forEach(YamlMap grant) {
		Optional<ClaimPath> list = grant.value(FOR_EACH, GrantReader::list);
		Optional<String> as = grant.value("as", GrantReader::element);
		Optional<BigDecimal> max = grant.number("max");
		if (grant.has(FOR_EACH) && !grant.has("as")) {
			grant.problem(FOR_EACH,
					"\"for-each\" needs \"as\", what an element is called in the names, such as project");
		}
		Stream.of("as", "max")
			.filter((key) -> grant.has(key) && !grant.has(FOR_EACH))
			.forEach((key) -> grant.problemOfKey(key, "says nothing without \"for-each\""));
		Optional<BigDecimal> tooMuch = max
			.filter((most) -> most.scale() > 0 || most.compareTo(BigDecimal.valueOf(MOST_ELEMENTS)) > 0);
		tooMuch.ifPresent((most) -> grant.problem("max",
				"\"max\" must be a whole number from 1 to " + MOST_ELEMENTS + ", found the number " + most));
		return list.flatMap((path) -> as
			.map((name) -> new ForEach(path, name, max.map(BigDecimal::intValue).orElse(ForEach.DEFAULT_MAX))));
	}

	private static ClaimPath list(String text) {
		if (!text.startsWith("claims.") || text.length() == "claims.".length()) {
			throw new IllegalArgumentException("is no list claim, expected claims.NAME"
					+ (text.matches("\\w{1,40}") ? "; did you mean \"claims." + text + "\"?" : ""));
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
		if (scope.element() != null) {
			resources.stream()
				.filter((resource) -> resource.placeholders()
					.noneMatch((value) -> value.name().equals(scope.element())))
				.forEach((resource) -> grant.problem(key, Quoted.of(resource.toString()) + " must use {"
						+ scope.element() + "}, else the grant is the same each time"));
		}
		ResourceLint.warnings(resources, key).forEach((warning) -> grant.warning(key, warning));
		return resources;
	}

	private Optional<OperationSet> channelOperations(YamlMap grant) {
		if (!grant.has(OPERATIONS)) {
			grant.problem(null, "a grant of channel needs \"operations\"");
		}
		return operations(grant, OPERATIONS, this.operations);
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
			map.problem(key, "the operation \"*\" must stand alone, found " + Quoted.of(String.join(", ", names)));
			return Optional.empty();
		}
		return names.isEmpty() ? Optional.empty() : Optional.of(known.read(names));
	}

	private Optional<OperationSet> features(YamlMap grant, Product product) {
		List<String> named = grant.texts(FEATURES, (feature) -> {
			product.operations(feature);
			return feature;
		});
		if (grant.has(FEATURES)) {
			return named.isEmpty() ? Optional.empty() : Optional.of(this.operations.read(product.operations(named)));
		}
		if (product.defaultFeatures().isEmpty()) {
			grant.problem(null, "a grant of " + product.key() + " needs \"features\", one or more of "
					+ String.join(", ", product.featureNames()));
			return Optional.empty();
		}
		return Optional.of(this.operations.read(product.operations(product.defaultFeatures())));
	}

}
