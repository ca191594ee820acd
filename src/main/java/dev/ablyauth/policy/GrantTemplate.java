package dev.ablyauth.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One grant of a rule: operations on one or several resources.
 *
 * @param resources where
 * @param operations what
 * @param forEach the list for each element of which it is given, or null
 */
record GrantTemplate(List<ResourceTemplate> resources, OperationSet operations, @Nullable ForEach forEach) {

	/**
	 * Adds what this grant gives a user.
	 * @return whether the user has all the values that it needs
	 */
	boolean addTo(Map<Resource, OperationSet> entries, Values values) {
		if (this.forEach == null) {
			return addAll(entries, values);
		}
		for (Object element : this.forEach.elements(values)) {
			try {
				if (element == null || element.equals("")) {
					throw this.forEach.badElement(String.valueOf(element));
				}
				if (!addAll(entries, values.at(element))) {
					return false;
				}
			}
			catch (UnsafeValueException ex) {
				throw ex.name().equals(this.forEach.as()) ? this.forEach.badElement(ex.value()) : ex;
			}
		}
		return true;
	}

	private boolean addAll(Map<Resource, OperationSet> entries, Values values) {
		for (ResourceTemplate template : this.resources) {
			Optional<Resource> resource = template.expand(values);
			if (resource.isEmpty()) {
				return false;
			}
			entries.merge(resource.get(), this.operations, OperationSet::union);
		}
		return true;
	}

}
