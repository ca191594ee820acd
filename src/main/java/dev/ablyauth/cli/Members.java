package dev.ablyauth.cli;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members of a JSON object out of a token, read one by one. One of a wrong type earns
 * a warning and counts as absent; so does null, without a warning.
 *
 * @param object the JSON object
 * @param report takes the warnings
 */
record Members(JsonNode object, Report report) {

	/** Tells whether there is such a member, of any type. */
	boolean has(String name) {
		return !this.object.path(name).isMissingNode() && !this.object.path(name).isNull();
	}

	@Nullable String text(String name) {
		JsonNode value = this.object.path(name);
		if (has(name) && !value.isString()) {
			this.report.warn(name + "-type", name + " must be a string, not " + type(value) + ".");
		}
		return value.isString() ? value.asString() : null;
	}

	/**
	 * Reads a text that is one line. A line break in a signed field of a TokenRequest
	 * makes two requests with one mac.
	 */
	@Nullable String line(String name) {
		String text = text(name);
		if (text != null && text.chars().anyMatch((c) -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029')) {
			this.report.warn(name + "-control", name + " has a line break or another control character in it.");
		}
		return text;
	}

	@Nullable Long wholeNumber(String name) {
		JsonNode value = this.object.path(name);
		if (!has(name)) {
			return null;
		}
		if (!value.isNumber()) {
			this.report.warn(name + "-type", name + " must be a number, not " + type(value) + ".");
			return null;
		}
		if (!value.isIntegralNumber() || !value.canConvertToLong()) {
			this.report.warn(name + "-type", name + " must be a whole number.");
			return null;
		}
		return value.asLong();
	}

	static String type(JsonNode value) {
		return switch (value.getNodeType()) {
			case OBJECT -> "a JSON object";
			case ARRAY -> "a list";
			case STRING -> "a string";
			case NUMBER -> "a number";
			case BOOLEAN -> "true or false";
			default -> "null";
		};
	}

}
