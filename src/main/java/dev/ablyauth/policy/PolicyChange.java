package dev.ablyauth.policy;

import java.util.List;

/**
 * What a policy that is not in use would change.
 *
 * @param passed whether it could be used
 * @param check all that was found in it
 * @param live the version of the policy in use
 * @param changes for each user that was asked about; empty if it could not be used
 */
public record PolicyChange(boolean passed, PolicyCheck check, String live, List<UserChange> changes) {

	/**
	 * What it would change for one user.
	 *
	 * @param user the user's id
	 * @param difference in one word
	 * @param more what the user would get too, as JSON text, or an empty text
	 * @param less what the user would get no longer, as JSON text, or an empty text
	 * @param note what else would change, or an empty text
	 */
	public record UserChange(String user, String difference, String more, String less, String note) {
	}

}
