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

	private static final String KIND = "kind = ?";

	/**
	 * Refuses an author that nobody can be.
	 * @throws IllegalArgumentException if it is that; the message names the part
	 */
	public DenialSearch(Target.@Nullable Kind kind, @Nullable String value, @Nullable String author, boolean all,
			@Nullable DenialId after, int limit) {
		if (author != null) {
			DenialWish.checkAuthor(author);
		}
		this.kind = kind;
		this.value = value;
		this.author = author;
		this.all = all;
		this.after = after;
		this.limit = limit;
	}

	/** The conditions, each with the value that it names. */
	Map<String, Object> conditions(long now) {
		Map<String, Object> conditions = new LinkedHashMap<>();
		if (this.kind != null) {
			conditions.put(KIND, this.kind.label());
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

	/**
	 * The conditions where rows come in the order of their numbers. A kind alone is not
	 * looked up in the index of targets: for each page, all of that kind would be sorted.
	 */
	Map<String, Object> conditionsInOrder(long now) {
		Map<String, Object> conditions = conditions(now);
		if (this.kind != null && this.value == null) {
			conditions.remove(KIND);
			conditions.put("kind || '' = ?", this.kind.label());
		}
		return conditions;
	}

}
