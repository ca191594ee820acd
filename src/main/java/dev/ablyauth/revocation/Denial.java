package dev.ablyauth.revocation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Keeps somebody out, until its end or until somebody ends it. Two of them for one target
 * keep it out until the last one is over.
 *
 * @param id its name
 * @param number of the change that made it
 * @param target whom
 * @param reason why, for admins and never for the denied
 * @param author who said so
 * @param created when
 * @param until when it ends by itself, or null
 * @param ended when somebody ended it, or null
 * @param endedBy who did, or null
 */
public record Denial(DenialId id, long number, Target target, String reason, String author, Instant created,
		@Nullable Instant until, @Nullable Instant ended, @Nullable String endedBy) {

	/**
	 * Tells whether it keeps somebody out.
	 * @param now the time
	 * @return whether it is not over
	 */
	public boolean stands(Instant now) {
		return this.ended == null && (this.until == null || now.isBefore(this.until));
	}

	/**
	 * Returns all of it, for JSON.
	 * @param now the time
	 * @return names and values in order, without what is not there
	 */
	public Map<String, Object> members(Instant now) {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("id", this.id.toString());
		members.put("target", Map.of(this.target.kind().label(), this.target.value()));
		members.put("reason", this.reason);
		members.put("author", this.author);
		members.put("created", this.created.toString());
		put(members, "until", this.until);
		put(members, "ended", this.ended);
		put(members, "endedBy", this.endedBy);
		members.put("active", stands(now));
		return members;
	}

	private static void put(Map<String, Object> members, String name, @Nullable Object value) {
		if (value != null) {
			members.put(name, value.toString());
		}
	}

}
