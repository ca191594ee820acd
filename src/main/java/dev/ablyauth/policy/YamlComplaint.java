package dev.ablyauth.policy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Says in plain words what SnakeYAML complains about, and shows the line. Its own words,
 * such as "expected &lt;block end&gt;", are about its grammar and not about the file.
 *
 * @param theirs how its words begin
 * @param kind what kind of mistake it is
 * @param ours what the author reads
 */
record YamlComplaint(String theirs, Kind kind, String ours) {

	private static final Pattern VALUE = Pattern.compile("(?:- +)*(?:[\\w-]+: +)?(.*)");

	private static final YamlComplaint UNKNOWN = new YamlComplaint("", Kind.UNCLEAR, "this cannot be read");

	private static final List<YamlComplaint> KNOWN = List.of(
			new YamlComplaint("mapping values are not allowed here", Kind.UNCLEAR, "a key cannot stand here"),
			new YamlComplaint("sequence entries are not allowed here", Kind.UNCLEAR,
					"an item of a list cannot stand here"),
			new YamlComplaint("mapping keys are not allowed here", Kind.UNCLEAR, "a key cannot stand here"),
			new YamlComplaint("expected <block end>", Kind.UNCLEAR, "this does not belong here"),
			new YamlComplaint("could not find expected ':'", Kind.UNFINISHED, "there is no \":\" behind this key"),
			new YamlComplaint("expected ',' or ']'", Kind.UNFINISHED,
					"the list that begins here is not closed by a \"]\", or a \",\" is missing in it"),
			new YamlComplaint("expected ',' or '}'", Kind.UNFINISHED,
					"the mapping that begins here is not closed by a \"}\", or a \",\" is missing in it"),
			new YamlComplaint("found unexpected end of stream", Kind.UNFINISHED,
					"the quote that begins here is not closed"),
			new YamlComplaint("found unexpected document separator", Kind.UNFINISHED,
					"the quote that begins here is not closed"),
			new YamlComplaint("expected the node content", Kind.CLEAR,
					"a value is missing here, or the end of a list or mapping"),
			new YamlComplaint("found unknown escape character", Kind.CLEAR,
					"in \"...\" a \\ begins an escape; write \\\\ or put '...' around the text"),
			new YamlComplaint("expected escape sequence of", Kind.CLEAR, "an escape such as \\u0041 is not complete"),
			new YamlComplaint("but found another document", Kind.CLEAR,
					"a second document begins here, and only one can be read"),
			new YamlComplaint("found character '\\t(TAB)'", Kind.CLEAR, "a tab cannot indent a line; use spaces"));

	static PolicyProblem of(YAMLException ex, String text) {
		if (!(ex instanceof MarkedYAMLException marked)) {
			return Place.START.problem("this is not YAML");
		}
		String found = String.valueOf(marked.getProblem());
		YamlComplaint complaint = KNOWN.stream()
			.filter((known) -> found.startsWith(known.theirs))
			.findFirst()
			.orElse(UNKNOWN);
		Mark context = marked.getContextMark();
		boolean atContext = complaint.kind == Kind.UNFINISHED && context != null;
		return complaint.at(atContext ? context : marked.getProblemMark(), text);
	}

	private PolicyProblem at(@Nullable Mark mark, String text) {
		Place place = YamlFile.place(mark);
		String line = text.lines().skip(place.line() - 1L).findFirst().orElse("").strip();
		return place.problem("this is not YAML: " + this.ours + ((this.kind == Kind.UNCLEAR) ? advice(line) : "")
				+ (line.isEmpty() ? "" : "; in the line " + Quoted.of(line)));
	}

	/** What is mostly the reason: a text that needs quotes, or an indent. */
	private static String advice(String line) {
		Matcher matcher = VALUE.matcher(line);
		String value = matcher.matches() ? matcher.group(1) : "";
		if (!value.isEmpty() && "*&!@`%{[>|\"'".indexOf(value.charAt(0)) >= 0) {
			return "; a text that begins with " + value.charAt(0) + " needs quotes around all of it";
		}
		return value.contains(": ") ? "; a text with \": \" in it needs quotes"
				: "; is the line indented like those before it?";
	}

	/** What is known of the mistake. */
	enum Kind {

		/** It is where the parser stopped, and what it is. */
		CLEAR,

		/** It is where something begins that never ends. */
		UNFINISHED,

		/** The parser met something that it did not expect. */
		UNCLEAR

	}

}
