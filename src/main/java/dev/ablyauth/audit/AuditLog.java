package dev.ablyauth.audit;

import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes one line per decision to the log {@code audit}: as name=value pairs in plain
 * text, and as fields of their own in structured logging.
 */
public final class AuditLog {

	private static final Logger LOGGER = LoggerFactory.getLogger("audit");

	/**
	 * Writes a record. Called before the answer leaves.
	 * @param decision what was decided
	 */
	public void write(AuditRecord decision) {
		LoggingEventBuilder event = LOGGER.atInfo();
		StringBuilder line = new StringBuilder();
		for (Map.Entry<String, Object> field : decision.fields().entrySet()) {
			event = event.addKeyValue("audit." + field.getKey(), field.getValue());
			line.append(line.isEmpty() ? "" : " ").append(field.getKey()).append('=');
			appendValue(line, field.getValue().toString());
		}
		event.log(line.toString());
	}

	/**
	 * A plain word as it is; anything else quoted, and what could break the line escaped.
	 */
	private static void appendValue(StringBuilder line, String value) {
		if (!value.isEmpty()
				&& value.chars().allMatch((c) -> c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=')) {
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

}
