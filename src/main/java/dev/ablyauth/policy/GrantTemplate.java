package dev.ablyauth.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.session.AppUser;

/**
 * One grant of a rule: operations on one or several resources.
 *
 * @param resources where
 * @param operations what
 */
record GrantTemplate(List<ResourceTemplate> resources, OperationSet operations) {

	/**
	 * Adds what this grant gives a user.
	 * @return whether the user has all the values that it needs
	 */
	boolean addTo(Map<Resource, OperationSet> entries, AppUser user) {
		for (ResourceTemplate template : this.resources) {
			Optional<Resource> resource = template.expand(user);
			if (resource.isEmpty()) {
				return false;
			}
			entries.merge(resource.get(), this.operations, OperationSet::union);
		}
		return true;
	}

}
