package dev.ablyauth.revocation;

import java.util.List;

import dev.ablyauth.ably.IssuedBefore;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Revocation;

/**
 * What goes to Ably in one call, and is claimed for so long.
 *
 * @param claim made up, and in each of its rows
 * @param key whose tokens
 * @param second before which they were issued
 * @param allowReauthMargin whether clients have 30 seconds
 * @param rows 1 to 100, each with another target
 */
record Batch(String claim, KeyName key, IssuedBefore second, boolean allowReauthMargin, List<OutboxRow> rows) {

	Revocation revocation() {
		return new Revocation(this.rows.stream().map(OutboxRow::target).toList(), this.second, this.allowReauthMargin);
	}

}
