package dev.ablyauth.issuing;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.ablyauth.ably.ApiKey;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.policy.CapabilityJson;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One API key, as the settings name it.
 *
 * @param value the key itself, from the environment
 * @param file instead: a file that holds the key and nothing else; it is followed
 * @param capability JSON text of what the key may do; default everything
 * @param revocableTokens whether revocable tokens are switched on for the key at Ably
 * @param drainUntil until when an old key goes on signing for those who have it, or null
 * if it signs for nobody
 */
public record KeyProperties(@Nullable String value, @Nullable Path file, @Nullable String capability,
		@DefaultValue("false") boolean revocableTokens, @Nullable Instant drainUntil) {

	private static final String NAME = "ably-auth.keys";

	private static final KeyName SAMPLE = new KeyName("sample.devkey");

	/**
	 * Finds what is wrong with keys.
	 * @param keys of the settings
	 * @param operations the operations that a capability may name
	 * @param mayBeSample whether the made-up key of the dev mode will do
	 * @param now by which keys drain
	 * @return one line for each problem, with the property; never a part of a key
	 */
	public static List<String> problems(List<KeyProperties> keys, Operations operations, boolean mayBeSample,
			Instant now) {
		if (keys.isEmpty()) {
			return List.of(NAME + ": is missing, expected an Ably API key, such as " + NAME + "[0].value");
		}
		KeyReadings readings = KeyReadings.of(keys);
		List<String> problems = new ArrayList<>(readings.problems());
		if (problems.isEmpty() && !mayBeSample) {
			problems.addAll(readings.samples());
		}
		for (int i = 0; i < keys.size(); i++) {
			try {
				keys.get(i).ownCapability(operations);
			}
			catch (IllegalArgumentException ex) {
				problems.add(NAME + "[" + i + "].capability: " + ex.getMessage());
			}
		}
		if (keys.get(0).drainUntil != null) {
			problems.add(NAME + "[0].drain-until: the first key signs for newcomers, expected it at a later one");
		}
		return problems.isEmpty() ? new KeysTogether(keys, readings, operations).problems(now) : problems;
	}

	/**
	 * Reads the key.
	 * @return the key
	 * @throws IllegalArgumentException if there is none; the message never repeats any of
	 * it
	 */
	public ApiKey key() {
		return parse(text());
	}

	ApiKey parse(String text) {
		try {
			return ApiKey.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw (this.file != null)
					? new IllegalArgumentException("the file " + this.file + " " + ex.getMessage(), ex) : ex;
		}
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
		return (this.file != null) ? KeyFile.read(this.file) : text.strip();
	}

	/**
	 * Returns the same settings for a key in a file.
	 * @param place the file that the value comes from
	 * @return settings without a value
	 */
	public KeyProperties in(Path place) {
		return new KeyProperties(null, place, this.capability, this.revocableTokens, this.drainUntil);
	}

	/**
	 * Tells whether this is the made-up key of the dev mode.
	 * @return whether it is
	 */
	public boolean isSample() {
		return isSample(key());
	}

	static boolean isSample(ApiKey key) {
		return key.name().equals(SAMPLE);
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
