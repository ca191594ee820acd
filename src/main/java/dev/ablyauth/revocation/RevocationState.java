package dev.ablyauth.revocation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What has become of a revocation.
 *
 * @param id its name
 * @param denial the denial that it belongs to, or null
 * @param allowReauthMargin whether clients have 30 seconds to re-authenticate
 * @param author who asked for it
 * @param created when
 * @param targets each target with each key, in the order of the call
 */
public record RevocationState(RevocationId id, @Nullable DenialId denial, boolean allowReauthMargin, String author,
		Instant created, List<TargetState> targets) {

	/**
	 * Tells whether Ably still has to take something, repeats aside.
	 * @return whether it is on its way
	 */
	public boolean isOnItsWay() {
		return this.targets.stream().anyMatch((target) -> target.progress() instanceof Progress.OnItsWay);
	}

	/**
	 * Returns all of it, for JSON.
	 * @return names and values in order, without what is not there
	 */
	public Map<String, Object> members() {
		Map<String, Object> members = members(this.id, this.denial, this.allowReauthMargin, this.author, this.created);
		members.put("onItsWay", isOnItsWay());
		members.put("targets", this.targets.stream().map(ProgressMembers::of).toList());
		return members;
	}

	/** What is said of each revocation, with its targets and without. */
	static Map<String, Object> members(RevocationId id, @Nullable DenialId denial, boolean allowReauthMargin,
			String author, Instant created) {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("id", id.toString());
		if (denial != null) {
			members.put("denial", denial.toString());
		}
		members.put("allowReauthMargin", allowReauthMargin);
		members.put("author", author);
		members.put("created", created.toString());
		return members;
	}

}
