package dev.ablyauth.policy;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the lint knows of the server that will use a policy.
 *
 * @param longestTtl the longest life that Ably allows for tokens of the key
 * @param maxBytes the longest JWT
 * @param carriedClaims the claims that the issuers say their tokens have, or null if they
 * do not say
 */
public record LintContext(Duration longestTtl, int maxBytes, @Nullable Set<String> carriedClaims) {

	/** Nothing but what holds everywhere. */
	public static final LintContext DEFAULTS = new LintContext(Duration.ofHours(24), 8192, null);

}
