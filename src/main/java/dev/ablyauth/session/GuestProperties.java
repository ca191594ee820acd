package dev.ablyauth.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether there are guests, and how each is known again.
 *
 * @param enabled whether somebody who did not sign in can be a guest
 * @param cookieName the cookie that carries the guest token of a browser
 * @param secret what signs guest tokens, 32 bytes or more
 * @param secretFile instead: a file that holds the secret and nothing else
 * @param ttl how long a guest token is good; each renewal begins anew
 * @param idPrefix what the id of every guest begins with, and of nobody else
 * @param cookieSameSite {@code Lax}, or {@code None} where the app is on another site
 */
public record GuestProperties(@DefaultValue("false") boolean enabled,
		@DefaultValue("__Host-ably-guest") String cookieName, @Nullable String secret, @Nullable Path secretFile,
		@DefaultValue("30d") Duration ttl, @DefaultValue("guest-") String idPrefix,
		@DefaultValue("Lax") String cookieSameSite) {

	private static final int MIN_SECRET_BYTES = 32;

	/** Longer than the shortest token may have to live. */
	private static final Duration SHORTEST = Duration.ofHours(1);

	/** Browsers keep no cookie longer. */
	private static final Duration LONGEST = Duration.ofDays(400);

	/**
	 * Finds what is wrong; nothing while there are no guests.
	 * @param name the name of these settings
	 * @return one line for each problem, with the property; never a part of the secret
	 */
	List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		if (!this.enabled) {
			return problems;
		}
		secretProblem(name).ifPresent(problems::add);
		if (!this.cookieName.matches("__Host-[A-Za-z0-9_.-]+")) {
			problems.add(name + ".cookie-name: must begin with __Host-, so that no other host can set it,"
					+ " and go on with letters, digits, _, . and -");
		}
		if (this.ttl.compareTo(SHORTEST) < 0 || this.ttl.compareTo(LONGEST) > 0) {
			problems.add(name + ".ttl: must be from 1h to 400d");
		}
		if (!this.idPrefix.matches("[A-Za-z0-9._-]{1,32}")) {
			problems.add(name + ".id-prefix: must be 1 to 32 letters, digits, _, . and -");
		}
		if (!Set.of("Lax", "None").contains(this.cookieSameSite)) {
			problems.add(name + ".cookie-same-site: must be Lax or None");
		}
		return problems;
	}

	private Optional<String> secretProblem(String name) {
		String property = name + ((this.secretFile != null) ? ".secret-file" : ".secret");
		try {
			return (secretText().getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES)
					? Optional
						.of(property + ": is shorter than " + MIN_SECRET_BYTES + " bytes, RFC 7518 3.2 asks for that")
					: Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.of(property + ": " + ex.getMessage());
		}
	}

	/**
	 * Reads the secret.
	 * @throws IllegalArgumentException if there is none; the message never repeats any of
	 * it
	 */
	String secretText() {
		String text = (this.secret != null) ? this.secret : "";
		if (!text.isBlank() && this.secretFile != null) {
			throw new IllegalArgumentException("there is a secret too, expected one of both");
		}
		if (text.isBlank() && this.secretFile == null) {
			throw new IllegalArgumentException(
					"is missing, expected " + MIN_SECRET_BYTES + " bytes or more, either as secret or as secret-file");
		}
		return ((this.secretFile != null) ? read(this.secretFile) : text).strip();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("the file " + file + " cannot be read as text", ex);
		}
	}

	/** Tells whether an id is one that only a guest may have. */
	boolean owns(String id) {
		return this.enabled && !this.idPrefix.isEmpty() && id.startsWith(this.idPrefix);
	}

	/** Tells whether an issuer is not kept apart from guests. */
	boolean isOf(JwtIssuerProperties issuer) {
		return this.enabled
				&& (issuer.issuer().equals(GuestTokens.ISSUER) || this.cookieName.equals(issuer.cookieName())
						|| (this.secret != null && this.secret.equals(issuer.secret())));
	}

	/**
	 * Hides the secret.
	 */
	@Override
	public String toString() {
		return "GuestProperties(" + this.enabled + ")";
	}

}
