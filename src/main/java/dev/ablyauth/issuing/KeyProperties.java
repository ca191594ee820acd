package dev.ablyauth.issuing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.ablyauth.ably.ApiKey;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.policy.CapabilityJson;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One API key, as the settings name it.
 *
 * @param value the key itself, from the environment
 * @param file instead: a file that holds the key and nothing else
 * @param capability JSON text of what the key may do; default everything
 * @param revocableTokens whether revocable tokens are switched on for the key at Ably
 */
public record KeyProperties(@Nullable String value, @Nullable Path file, @Nullable String capability,
		@DefaultValue("false") boolean revocableTokens) {

	private static final String SAMPLE_KEY_NAME = "sample.devkey";

	/**
	 * Finds what is wrong.
	 * @param name the name of these settings
	 * @param operations the operations that a capability may name
	 * @return one line for each problem, with the property; never a part of the key
	 */
	public List<String> problems(String name, Operations operations) {
		List<String> problems = new ArrayList<>();
		String property = name + ((this.file != null) ? ".file" : ".value");
		try {
			key();
		}
		catch (IllegalArgumentException ex) {
			problems.add(property + ": " + ex.getMessage());
		}
		try {
			ownCapability(operations);
		}
		catch (IllegalArgumentException ex) {
			problems.add(name + ".capability: " + ex.getMessage());
		}
		return problems;
	}

	/**
	 * Reads the key.
	 * @return the key
	 * @throws IllegalArgumentException if there is none; the message never repeats any of
	 * it
	 */
	public ApiKey key() {
		return ApiKey.parse(text());
	}

	/** Returns the key with its secret, for ably-java and nobody else. */
	String text() {
		String text = (this.value != null) ? this.value : "";
		if (!text.isBlank() && this.file != null) {
			throw new IllegalArgumentException("there is a value too, expected one of both");
		}
		if (text.isBlank() && this.file == null) {
			throw new IllegalArgumentException("is missing, expected an Ably API key, either as value or as file");
		}
		return ((this.file != null) ? read(this.file) : text).strip();
	}

	/**
	 * Tells whether this is the made-up key of the dev mode.
	 * @return whether it is
	 */
	public boolean isSample() {
		return key().name().value().equals(SAMPLE_KEY_NAME);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("the file " + file + " cannot be read", ex);
		}
	}

	/**
	 * Returns the longest life that Ably allows for tokens of this key.
	 * @return 24 h, or 1 h if they can be revoked
	 */
	public Duration longestTtl() {
		return SigningKey.longest(this.revocableTokens).duration();
	}

	Capability ownCapability(Operations operations) {
		return (this.capability != null) ? new CapabilityJson(operations).read(this.capability)
				: Capability.everything();
	}

	/**
	 * Hides the key.
	 */
	@Override
	public String toString() {
		return "KeyProperties(not shown)";
	}

}
