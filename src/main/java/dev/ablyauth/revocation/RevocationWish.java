package dev.ablyauth.revocation;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * A revocation that somebody wants.
 *
 * @param targets whose tokens, 1 to 1,000; one that is there twice counts once
 * @param allowReauthMargin whether clients are asked to re-authenticate, and have 30
 * seconds for it
 * @param author who says so
 */
public record RevocationWish(List<Target> targets, boolean allowReauthMargin, String author) {

	/**
	 * The most targets of one call.
	 */
	public static final int MAX_TARGETS = 1000;

	/**
	 * Refuses what cannot be written down.
	 * @throws IllegalArgumentException if it is that; the message names the part
	 */
	public RevocationWish {
		if (targets.isEmpty() || targets.size() > MAX_TARGETS) {
			throw new IllegalArgumentException("targets: must have 1 to " + MAX_TARGETS);
		}
		targets = List.copyOf(new LinkedHashSet<>(targets));
		DenialWish.checkAuthor(author);
	}

}
