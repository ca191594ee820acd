package dev.ablyauth.audit;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is written down about one decision: fields by name, in order. A field without a
 * value is left out.
 */
public final class AuditRecord {

	private final Map<String, Object> fields = new LinkedHashMap<>();

	private AuditRecord(String decision) {
		this.fields.put("decision", decision);
	}

	/**
	 * Begins the record of an issued token.
	 * @return the record
	 */
	public static AuditRecord issued() {
		return new AuditRecord("issued");
	}

	/**
	 * Begins the record of a call that was let in.
	 * @return the record
	 */
	public static AuditRecord accepted() {
		return new AuditRecord("accepted");
	}

	/**
	 * Begins the record of a refusal.
	 * @param reason the label of the reason
	 * @return the record
	 */
	public static AuditRecord refused(String reason) {
		return new AuditRecord("refused").with("reason", reason);
	}

	/**
	 * Begins the record of what the shadow policy would have changed.
	 * @param difference in one word
	 * @return the record
	 */
	public static AuditRecord shadow(String difference) {
		return new AuditRecord("shadow").with("difference", difference);
	}

	/**
	 * Adds a field.
	 * @param name of the field
	 * @param value its value, or null to leave it out
	 * @return this record
	 */
	public AuditRecord with(String name, @Nullable Object value) {
		if (value != null) {
			this.fields.put(name, value);
		}
		return this;
	}

	Map<String, Object> fields() {
		return this.fields;
	}

	/** All fields as name=value, in one line. */
	String line() {
		StringBuilder line = new StringBuilder();
		this.fields.forEach((name, value) -> {
			line.append(line.isEmpty() ? "" : " ").append(name).append('=');
			appendValue(line, value.toString());
		});
		return line.toString();
	}

	/**
	 * A plain word as it is; anything else quoted, and what could break the line escaped.
	 */
	private static void appendValue(StringBuilder line, String value) {
		if (isPlain(value)) {
			line.append(value);
			return;
		}
		line.append('"');
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c == '"' || c == '\\') {
				line.append('\\').append(c);
			}
			else if (c < ' ' || c >= 0x7f) {
				line.append(String.format("\\u%04x", (int) c));
			}
			else {
				line.append(c);
			}
		}
		line.append('"');
	}

	private static boolean isPlain(String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '=') {
				return false;
			}
		}
		return !value.isEmpty();
	}

}
