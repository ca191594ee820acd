package dev.ablyauth.revocation;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which denials somebody wants to see, the newest first.
 *
 * @param kind of the target, or null for any
 * @param value of the target as it is kept, or null for any
 * @param author who denied, or null for anybody
 * @param all whether also those that are over
 * @param after the last one that was seen before, or null
 * @param limit how many at most
 */
public record DenialSearch(Target.@Nullable Kind kind, @Nullable String value, @Nullable String author, boolean all,
		@Nullable DenialId after, int limit) {

	/**
	 * Refuses an author that nobody can be.
	 * @throws IllegalArgumentException if it is that; the message names the part
	 */
	public DenialSearch {
		if (author != null) {
			DenialWish.checkAuthor(author);
		}
	}

	/** The conditions, each with the value that it names. */
	Map<String, Object> conditions(long now) {
		Map<String, Object> conditions = new LinkedHashMap<>();
		if (this.kind != null) {
			conditions.put("kind = ?", this.kind.label());
		}
		if (this.value != null) {
			conditions.put("target = ?", this.value);
		}
		if (this.author != null) {
			conditions.put("author = ?", this.author);
		}
		if (!this.all) {
			conditions.put("ended is null and (until_time is null or until_time > ?)", now);
		}
		if (this.after != null) {
			conditions.put("number < (select number from ably_auth_denial where id = ?)", this.after.toString());
		}
		return conditions;
	}

}
