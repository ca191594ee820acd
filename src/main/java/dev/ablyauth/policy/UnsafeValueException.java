package dev.ablyauth.policy;

/**
 * A value of the user that must not become part of a name. The message names the value
 * and never shows it; the value itself is for the audit line alone.
 */
final class UnsafeValueException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final int MAX_SHOWN = 200;

	private final String name;

	private final String value;

	UnsafeValueException(String name, Object value) {
		super("the value of " + name + " must not become part of a name", null, false, false);
		this.name = name;
		String text = String.valueOf(value);
		this.value = (text.length() <= MAX_SHOWN) ? text : text.substring(0, MAX_SHOWN) + "...";
	}

	String name() {
		return this.name;
	}

	String value() {
		return this.value;
	}

}
