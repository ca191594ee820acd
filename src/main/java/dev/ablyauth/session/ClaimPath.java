package dev.ablyauth.session;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where in the claims a value stands: {@code sub}, {@code realm_access.roles},
 * {@code cognito:groups}, {@code https://app/roles}. A claim of exactly this name comes
 * first; else each dot goes one object deeper, again with the longest name first.
 *
 * @param value the path as written in a setting or a policy
 */
public record ClaimPath(String value) {

	/**
	 * Refuses a path that leads nowhere.
	 */
	public ClaimPath {
		if (value.isBlank()) {
			throw new IllegalArgumentException("a claim path must not be empty");
		}
	}

	/**
	 * Follows the path.
	 * @param claims the claims of a session
	 * @return what stands there, or null if nothing does
	 */
	public @Nullable Object find(Map<?, ?> claims) {
		return find(claims, this.value);
	}

	private static @Nullable Object find(Map<?, ?> claims, String path) {
		Object exact = claims.get(path);
		return (exact != null) ? exact : findDeeper(claims, path);
	}

	private static @Nullable Object findDeeper(Map<?, ?> claims, String path) {
		Object found = null;
		for (int dot = path.lastIndexOf('.'); found == null && dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
			if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> deeper) {
				found = find(deeper, path.substring(dot + 1));
			}
		}
		return found;
	}

	@Override
	public String toString() {
		return this.value;
	}

}
