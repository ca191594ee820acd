package dev.ablyauth.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One secret of the webhook, as the settings name it: {@code whsec_} and the base64 of 24
 * to 64 bytes. Standard Webhooks, "Signature scheme".
 *
 * @param value the secret itself, from the environment
 * @param file instead: a file that holds the secret and nothing else
 */
record WebhookSecretProperties(@Nullable String value, @Nullable Path file) {

	private static final String PREFIX = "whsec_";

	private static final int MIN_BYTES = 24;

	private static final int MAX_BYTES = 64;

	private static final String EXPECTED = "expected " + PREFIX + " and the base64 of " + MIN_BYTES + " to " + MAX_BYTES
			+ " bytes";

	/**
	 * Finds what is wrong.
	 * @param name the name of these settings
	 * @return one line if something is, with the property; never a part of the secret
	 */
	List<String> problems(String name) {
		try {
			byte[] unused = bytes();
			return List.of();
		}
		catch (IllegalArgumentException ex) {
			return List.of(name + ((this.file != null) ? ".file" : ".value") + ": " + ex.getMessage());
		}
	}

	/**
	 * Reads the secret.
	 * @return its bytes
	 * @throws IllegalArgumentException if there is none; the message never repeats any of
	 * it
	 */
	byte[] bytes() {
		String text = text();
		byte[] bytes = text.startsWith(PREFIX) ? decode(text.substring(PREFIX.length())) : new byte[0];
		if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
			throw new IllegalArgumentException("is no secret of a webhook, " + EXPECTED);
		}
		return bytes;
	}

	private static byte[] decode(String base64) {
		try {
			return Base64.getDecoder().decode(base64);
		}
		catch (IllegalArgumentException ex) {
			return new byte[0];
		}
	}

	private String text() {
		String text = (this.value != null) ? this.value : "";
		if (!text.isBlank() && this.file != null) {
			throw new IllegalArgumentException("there is a value too, expected one of both");
		}
		if (text.isBlank() && this.file == null) {
			throw new IllegalArgumentException("is missing, " + EXPECTED + ", either as value or as file");
		}
		return ((this.file != null) ? read(this.file) : text).strip();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("the file " + file + " cannot be read as text", ex);
		}
	}

	/**
	 * Hides the secret.
	 */
	@Override
	public String toString() {
		return "WebhookSecretProperties(not shown)";
	}

}
