package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Widens one grant of a policy file: its names, its operations, its features.
 */
final class GrantMutations {

	private static final Pattern RESOURCE = Pattern
		.compile("(channel|chat|space|live-objects|ai-transport|push): \"([^\"]+)\"");

	private static final Pattern FEATURES = Pattern.compile("features: (.*)");

	private static final Pattern ELEMENT = Pattern.compile("as: (\\w+)");

	private final String grant;

	private GrantMutations(String grant) {
		this.grant = grant;
	}

	static Stream<String> of(String grant) {
		GrantMutations mutations = new GrantMutations(grant);
		return Stream.of(mutations.names(), mutations.operations().stream(), mutations.features().stream())
			.flatMap((all) -> all);
	}

	private Stream<String> names() {
		String name = resource().group(2);
		return wider(name).stream()
			.map((wide) -> withoutUnusedElement(this.grant.replace("\"" + name + "\"", "\"" + wide + "\"")));
	}

	private Matcher resource() {
		Matcher resource = RESOURCE.matcher(this.grant);
		if (!resource.find()) {
			throw new IllegalArgumentException("names no resource: " + this.grant);
		}
		return resource;
	}

	/** A wildcard for each value, and for all that follows each colon. */
	private static Set<String> wider(String name) {
		List<String> segments = List.of(name.split(":"));
		Set<String> wider = new LinkedHashSet<>();
		for (int i = 0; i < segments.size(); i++) {
			List<String> cut = new ArrayList<>(segments.subList(0, i));
			cut.add("*");
			wider.add(String.join(":", cut));
			if (segments.get(i).contains("{")) {
				List<String> open = new ArrayList<>(segments);
				open.set(i, "*");
				wider.add(String.join(":", open));
			}
		}
		wider.remove(name);
		return wider;
	}

	/** A for-each must be used, so it goes where its element is gone. */
	private static String withoutUnusedElement(String grant) {
		Matcher element = ELEMENT.matcher(grant);
		return (element.find() && !grant.contains("{" + element.group(1) + "}"))
				? grant.replaceFirst("for-each: .*\\n\\s+as: .*\\n(?:\\s+max: .*\\n)?\\s+", "") : grant;
	}

	private Optional<String> operations() {
		String all = this.grant.replaceFirst("operations: .*", "operations: \"*\"");
		return Optional.of(all).filter((wider) -> !wider.equals(this.grant));
	}

	/** All features of the product, unless those that are named need the same. */
	private Optional<String> features() {
		Matcher features = FEATURES.matcher(this.grant);
		if (!features.find()) {
			return Optional.empty();
		}
		Product product = Arrays.stream(Product.values())
			.filter((candidate) -> candidate.key().equals(resource().group(1)))
			.findFirst()
			.orElseThrow();
		Set<String> named = Set.of(features.group(1).replaceAll("[\\[\\]\\s]", "").split(","));
		return product.operations(named).equals(product.operations(product.featureNames())) ? Optional.empty()
				: Optional.of(features.replaceFirst("features: " + product.featureNames()));
	}

}
