package dev.ablyauth.revocation;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A revocation in a list, without its targets, of which there may be thousands.
 *
 * @param id its name
 * @param denial the denial that it belongs to, or null
 * @param allowReauthMargin whether clients have 30 seconds to re-authenticate
 * @param author who asked for it
 * @param created when
 * @param entries how many targets it has at how many keys, repeats too
 * @param waiting how many of them Ably has still to take
 */
public record RevocationSummary(RevocationId id, @Nullable DenialId denial, boolean allowReauthMargin, String author,
		Instant created, int entries, int waiting) {

	/**
	 * Returns all of it, for JSON.
	 * @return names and values in order, without what is not there
	 */
	public Map<String, Object> members() {
		Map<String, Object> members = RevocationState.members(this.id, this.denial, this.allowReauthMargin, this.author,
				this.created);
		members.put("entries", this.entries);
		members.put("waiting", this.waiting);
		return members;
	}

}
