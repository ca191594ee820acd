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

}
