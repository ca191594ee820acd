package dev.ablyauth.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.ably.Capability;
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

	/** The capability for this user; empty if the user lacks a value of any of them. */
	Optional<Capability> expand(AppUser user) {
		Map<Resource, OperationSet> entries = new HashMap<>();
		for (ResourceTemplate template : this.resources) {
			Optional<Resource> resource = template.expand(user);
			if (resource.isEmpty()) {
				return Optional.empty();
			}
			entries.put(resource.get(), this.operations);
		}
		return Optional.of(Capability.of(entries));
	}

}
