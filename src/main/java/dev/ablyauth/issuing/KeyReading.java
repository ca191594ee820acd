package dev.ablyauth.issuing;

import java.nio.file.Path;
import java.util.Objects;

import dev.ablyauth.ably.ApiKey;
import org.jspecify.annotations.Nullable;

/**
 * What one key of the settings is at one moment: its text and the key, or why there is
 * none.
 */
final class KeyReading {

	/** Of the settings of this key. */
	private final String name;

	private final String property;

	/** What is wrong where something is. */
	private final String subject;

	/** With the secret, because ably-java needs it. */
	private final String text;

	private final @Nullable ApiKey key;

	private final String fault;

	private KeyReading(String name, @Nullable Path file, String text, @Nullable ApiKey key, String fault) {
		this.name = name;
		this.property = name + ((file != null) ? ".file" : ".value");
		this.subject = (file != null) ? "the file " + file + " " : "";
		this.text = text;
		this.key = key;
		this.fault = fault;
	}

	/**
	 * Reads.
	 * @param name the name of the settings of this key
	 */
	static KeyReading of(String name, KeyProperties settings) {
		// Kept also where it is no key, because a file that is being written changes.
		String text = "";
		try {
			text = settings.text();
			return new KeyReading(name, settings.file(), text, settings.parse(text), "");
		}
		catch (IllegalArgumentException ex) {
			return new KeyReading(name, settings.file(), text, null, String.valueOf(ex.getMessage()));
		}
	}

	/** Returns why there is no key, with the property, or null. */
	@Nullable String fault() {
		return (this.key != null) ? null : this.property + ": " + this.fault;
	}

	/** Says what is wrong with the key. */
	String fault(String why) {
		return this.property + ": " + this.subject + why;
	}

	/** Says why another setting does not go with the key. */
	String fault(String setting, String why) {
		return this.name + "." + setting + ": "
				+ (this.subject.isEmpty() ? "" : "with the key in " + this.subject + "it ") + why;
	}

	/** Says where the key is. */
	String where() {
		return this.subject.isEmpty() ? this.name : this.name + " in " + this.subject.strip();
	}

	/** Returns the key, if there is no fault. */
	ApiKey key() {
		return Objects.requireNonNull(this.key);
	}

	/** Returns the key with its secret, for ably-java and nobody else. */
	String text() {
		return this.text;
	}

	/** Tells whether both have a key, and it is the same one, name and secret. */
	boolean isSameKey(KeyReading other) {
		return this.key != null && other.key != null && this.text.equals(other.text);
	}

	/**
	 * Tells whether this is the beginning of the other key, as of a file half written.
	 */
	boolean isBeginningOf(KeyReading other) {
		return this.key != null && other.key != null && other.text.startsWith(this.text) && !isSameKey(other);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof KeyReading that && this.property.equals(that.property) && this.text.equals(that.text)
				&& this.fault.equals(that.fault);
	}

	@Override
	public int hashCode() {
		return this.property.hashCode();
	}

	/**
	 * Hides the key.
	 */
	@Override
	public String toString() {
		return "KeyReading(" + this.property + ")";
	}

}
