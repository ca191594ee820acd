package dev.ablyauth.ably;

import java.util.HashSet;
import java.util.List;

/**
 * One call of Ably's revokeTokens. Asking twice does no harm: the same tokens are revoked
 * again.
 *
 * @param targets 1 to 100, each once
 * @param issuedBefore always said, because Ably would otherwise take the moment in which
 * the call arrives, which nobody here knows
 * @param allowReauthMargin whether clients are asked to re-authenticate, and have 30
 * seconds for it
 */
public record Revocation(List<TargetSpecifier> targets, IssuedBefore issuedBefore, boolean allowReauthMargin) {

	/**
	 * The most targets that Ably takes in one call.
	 */
	public static final int MAX_TARGETS = 100;

	/**
	 * Refuses what Ably refuses as a whole, and a target that is there twice.
	 */
	public Revocation {
		targets = List.copyOf(targets);
		if (targets.isEmpty() || targets.size() > MAX_TARGETS) {
			throw new IllegalArgumentException("must have 1 to " + MAX_TARGETS + " targets");
		}
		if (new HashSet<>(targets).size() < targets.size()) {
			throw new IllegalArgumentException("must have each target once");
		}
	}

}
