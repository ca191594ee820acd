package dev.ablyauth.policy;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A YAML file that knows where each value stands, and the errors found in it so far.
 */
final class YamlFile {

	private static final int MAX_CODE_POINTS = 1024 * 1024;

	private static final int MAX_DEPTH = 20;

	private static final int MAX_MESSAGE = 500;

	private final List<PolicyProblem> problems = new ArrayList<>();

	private final List<PolicyProblem> warnings = new ArrayList<>();

	/**
	 * Reads the file; where it is no YAML, the error is noted and there is nothing to
	 * read.
	 */
	Optional<YamlMap> read(String text) {
		LoaderOptions options = new LoaderOptions();
		options.setCodePointLimit(MAX_CODE_POINTS);
		options.setNestingDepthLimit(MAX_DEPTH);
		try {
			Yaml yaml = new Yaml(new SafeConstructor(options));
			if (hasAnchors(yaml, text)) {
				return Optional.empty();
			}
			Node root = yaml.compose(new StringReader(text));
			if (root == null) {
				problemAt(null, "the file is empty, a mapping with \"rules\" is expected");
				return Optional.empty();
			}
			return YamlMap.of(this, root, "the policy");
		}
		catch (MarkedYAMLException ex) {
			problemAt(ex.getProblemMark(), "this is not YAML: " + ex.getProblem());
		}
		catch (YAMLException ex) {
			problemAt(null, "this is not YAML: " + ex.getMessage());
		}
		return Optional.empty();
	}

	/** An anchor can make a small file a huge one, and hides what a reader should see. */
	private boolean hasAnchors(Yaml yaml, String text) {
		boolean found = false;
		for (Event event : yaml.parse(new StringReader(text))) {
			if (event instanceof NodeEvent node && node.getAnchor() != null) {
				problemAt(event.getStartMark(), "anchors and aliases are not allowed");
				found = true;
			}
		}
		return found;
	}

	void problem(Node node, String message) {
		problemAt(node.getStartMark(), message);
	}

	void warning(Node node, String message) {
		this.warnings.add(place(node.getStartMark()).problem(oneLine(message)));
	}

	private void problemAt(@Nullable Mark mark, String message) {
		this.problems.add(place(mark).problem(oneLine(message)));
	}

	static Place place(@Nullable Mark mark) {
		return (mark != null) ? new Place(mark.getLine() + 1, mark.getColumn() + 1) : new Place(1, 1);
	}

	/** What was seen so far that is no error. */
	List<PolicyProblem> warnings() {
		return List.copyOf(this.warnings);
	}

	private static String oneLine(String message) {
		String line = message.replaceAll("\\p{Cntrl}+", " ");
		return (line.length() <= MAX_MESSAGE) ? line : line.substring(0, MAX_MESSAGE) + "...";
	}

	void throwIfInvalid() {
		if (!this.problems.isEmpty()) {
			throw new InvalidPolicyException(this.problems.stream().sorted().distinct().toList());
		}
	}

}
