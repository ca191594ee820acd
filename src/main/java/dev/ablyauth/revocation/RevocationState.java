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
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("id", this.id.toString());
		if (this.denial != null) {
			members.put("denial", this.denial.toString());
		}
		members.put("allowReauthMargin", this.allowReauthMargin);
		members.put("author", this.author);
		members.put("created", this.created.toString());
		members.put("onItsWay", isOnItsWay());
		members.put("targets", this.targets.stream().map(ProgressMembers::of).toList());
		return members;
	}

}
