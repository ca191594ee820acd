package dev.ablyauth.policy;

/**
 * A value of the user that must not become part of a name. Names the value and never
 * shows it.
 */
final class UnsafeValueException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String name;

	UnsafeValueException(String name) {
		super("the value of " + name + " must not become part of a name", null, false, false);
		this.name = name;
	}

	String name() {
		return this.name;
	}

}
