package dev.ablyauth.policy;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A YAML file that knows where each value stands, and the errors found in it so far.
 */
final class YamlFile {

	private static final int MAX_CODE_POINTS = 1024 * 1024;

	/** Whoever wrote more errors than this into a file will read it twice anyway. */
	private static final int MAX_PROBLEMS = 200;

	private static final int MAX_MESSAGE = 1000;

	private final Set<PolicyProblem> problems = new LinkedHashSet<>();

	private final List<PolicyProblem> warnings = new ArrayList<>();

	private final String text;

	private int untold;

	YamlFile(String text) {
		this.text = text;
	}

	/**
	 * Reads the file; where it is no YAML, the error is noted and there is nothing to
	 * read.
	 */
	Optional<YamlMap> read() {
		int length = this.text.codePointCount(0, this.text.length());
		if (length > MAX_CODE_POINTS) {
			problem(Place.START, "the file has " + length + " characters, at most " + MAX_CODE_POINTS + " are allowed");
		}
		else {
			PlainYaml.unprintable(this.text).ifPresent(this::add);
		}
		return this.problems.isEmpty() ? compose().flatMap((root) -> YamlMap.of(this, root, "the policy"))
				: Optional.empty();
	}

	private Optional<Node> compose() {
		LoaderOptions options = new LoaderOptions();
		options.setCodePointLimit(MAX_CODE_POINTS);
		options.setNestingDepthLimit(PlainYaml.MAX_DEPTH + 1);
		try {
			Yaml yaml = new Yaml(new SafeConstructor(options));
			if (!isPlain(yaml)) {
				return Optional.empty();
			}
			Node root = yaml.compose(new StringReader(this.text));
			if (root == null) {
				problem(Place.START, "the file is empty, a mapping with \"rules\" is expected");
			}
			return Optional.ofNullable(root);
		}
		catch (YAMLException ex) {
			add(YamlComplaint.of(ex, this.text));
			return Optional.empty();
		}
	}

	/** What is nested too deep is not read on: the parser would take ages over it. */
	private boolean isPlain(Yaml yaml) {
		PlainYaml plain = new PlainYaml(this::add);
		Iterator<Event> events = yaml.parse(new StringReader(this.text)).iterator();
		while (events.hasNext() && !plain.isTooDeep()) {
			plain.check(events.next());
		}
		return this.problems.isEmpty();
	}

	void problem(Node node, String message) {
		problem(place(node.getStartMark()), message);
	}

	/** Notes an error inside a value. */
	void problem(ScalarNode node, int index, String message) {
		problem(ScalarSource.of(node, this.text).place(index), message);
	}

	private void problem(Place place, String message) {
		add(place.problem(message));
	}

	private void add(PolicyProblem problem) {
		if (this.problems.size() < MAX_PROBLEMS) {
			this.problems.add(oneLine(problem));
		}
		else if (!this.problems.contains(oneLine(problem))) {
			this.untold++;
		}
	}

	void warning(Node node, String message) {
		this.warnings.add(oneLine(place(node.getStartMark()).problem(message)));
	}

	static Place place(@Nullable Mark mark) {
		return (mark != null) ? new Place(mark.getLine() + 1, mark.getColumn() + 1) : Place.START;
	}

	/** What was seen so far that is no error. */
	List<PolicyProblem> warnings() {
		return List.copyOf(this.warnings);
	}

	private static PolicyProblem oneLine(PolicyProblem problem) {
		String line = problem.message().replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ");
		return new PolicyProblem(problem.line(), problem.column(),
				(line.length() <= MAX_MESSAGE) ? line : line.substring(0, MAX_MESSAGE) + "...");
	}

	void throwIfInvalid() {
		if (this.problems.isEmpty()) {
			return;
		}
		List<PolicyProblem> told = new ArrayList<>(this.problems.stream().sorted().toList());
		if (this.untold > 0) {
			PolicyProblem last = told.get(told.size() - 1);
			told.add(new PolicyProblem(last.line(), last.column(),
					"there are " + this.untold + " more errors; mend these first"));
		}
		throw new InvalidPolicyException(told);
	}

}
