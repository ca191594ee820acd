package dev.ablyauth.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What was found out about one token. It holds neither the token nor its signature.
 *
 * @param kind what the token is
 * @param bytes its size on the wire
 * @param expires when it ends, or null if it does not say
 * @param report all that is to be said
 * @param inside the token inside of it, if there is one
 */
record Inspection(Kind kind, int bytes, @Nullable Instant expires, Report report, @Nullable Inspection inside) {

	private static final int LABEL_WIDTH = 17;

	Answer answer() {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("fine", isFine());
		json.putAll(json());
		return new Answer(isFine(), text(), json);
	}

	private boolean isFine() {
		return this.report.warnings().isEmpty() && (this.inside == null || this.inside.isFine());
	}

	private Map<String, Object> json() {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		members.put("kind", this.kind.code());
		members.put("bytes", this.bytes);
		this.report.facts().forEach((fact) -> members.put(fact.name(), fact.json()));
		members.put("warnings", this.report.warnings().stream().map(Finding::json).toList());
		members.put("notes", this.report.notes().stream().map(Finding::json).toList());
		if (this.inside != null) {
			members.put("inside", this.inside.json());
		}
		return members;
	}

	private String text() {
		StringBuilder text = new StringBuilder(this.kind.title()).append(", ").append(this.bytes).append(" bytes\n");
		for (Fact fact : this.report.facts()) {
			String label = fact.label();
			for (String words : fact.words()) {
				text.append("  ")
					.append(label)
					.append(" ".repeat(LABEL_WIDTH - label.length()))
					.append(words)
					.append('\n');
				label = "";
			}
		}
		append(text, "Ably would refuse or misread it:", this.report.warnings());
		append(text, "Also:", this.report.notes());
		if (this.report.warnings().isEmpty()) {
			text.append("No warnings.\n");
		}
		return (this.inside != null) ? text + "\nInside: " + this.inside.text() : text.toString();
	}

	private static void append(StringBuilder text, String title, List<Finding> findings) {
		if (!findings.isEmpty()) {
			text.append(title).append('\n');
			findings.forEach((finding) -> text.append("  - ").append(finding.message()).append('\n'));
		}
	}

}
