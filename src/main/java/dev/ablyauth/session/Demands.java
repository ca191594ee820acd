package dev.ablyauth.session;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the claims of a token must say so that it is one for this app.
 *
 * @param audiences one of these must be in {@code aud}, if there are any
 * @param requiredClaims claim path to accepted values; one of them must be there for each
 */
record Demands(List<String> audiences, Map<String, List<String>> requiredClaims) {

	boolean areMetBy(Map<String, Object> claims) {
		return (this.audiences.isEmpty() || isOneOf(claims.get("aud"), this.audiences)) && this.requiredClaims
			.entrySet()
			.stream()
			.allMatch((required) -> isOneOf(new ClaimPath(required.getKey()).find(claims), required.getValue()));
	}

	private static boolean isOneOf(@Nullable Object claim, List<String> accepted) {
		return (claim instanceof Boolean flag) ? accepted.contains(flag.toString())
				: texts(claim).stream().anyMatch(accepted::contains);
	}

	/** The texts of a claim that is a text or a list, and nothing of anything else. */
	static List<String> texts(@Nullable Object claim) {
		if (claim instanceof String text) {
			return List.of(text);
		}
		if (claim instanceof Collection<?> items) {
			return items.stream().filter(String.class::isInstance).map(String.class::cast).toList();
		}
		return List.of();
	}

}
