package dev.ablyauth.issuing;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How tokens are put into a JWT of the app.
 *
 * @param secret the app's own secret for HS256, 32 bytes or more, or null if there is
 * none
 * @param issuer {@code iss} of that JWT, or null
 */
public record EmbeddingProperties(@Nullable String secret, @Nullable String issuer) {

	private static final int LEAST_SECRET = 32;

	/**
	 * Finds what is wrong.
	 * @param name the name of these settings
	 * @return one line for each problem, with the property
	 */
	public List<String> problems(String name) {
		if (this.secret != null && this.secret.getBytes(StandardCharsets.UTF_8).length < LEAST_SECRET) {
			return List.of(name + ".secret: must have at least " + LEAST_SECRET + " bytes");
		}
		return List.of();
	}

	/**
	 * Hides the secret.
	 */
	@Override
	public String toString() {
		return "EmbeddingProperties(not shown)";
	}

}
