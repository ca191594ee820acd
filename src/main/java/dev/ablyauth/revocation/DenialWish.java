package dev.ablyauth.revocation;

import java.time.Instant;

import dev.ablyauth.ably.Text;
import org.jspecify.annotations.Nullable;

/**
 * A denial that somebody wants.
 *
 * @param target whom
 * @param reason why: 1 to 500 characters in one line
 * @param author who says so
 * @param until when it ends by itself, or null; in the future
 */
public record DenialWish(Target target, String reason, String author, @Nullable Instant until) {

	private static final int MAX_REASON = 500;

	private static final int MAX_AUTHOR = 512;

	/**
	 * Refuses what could not be written down.
	 * @throws IllegalArgumentException if it is that; the message names the part
	 */
	public DenialWish {
		checkText("reason", reason, MAX_REASON);
		checkAuthor(author);
	}

	static void checkAuthor(String author) {
		checkText("author", author, MAX_AUTHOR);
	}

	private static void checkText(String name, String text, int longest) {
		if (text.isBlank() || text.length() > longest || !Text.isClean(text)) {
			throw new IllegalArgumentException(name + ": must have 1 to " + longest
					+ " characters, and no control characters, line breaks or half characters");
		}
	}

}
