package dev.ablyauth.policy;

import java.util.Optional;

import dev.ablyauth.ably.Resource;
import dev.ablyauth.session.AppUser;

/**
 * Templates for tests outside of this room.
 */
public final class TestTemplates {

	private TestTemplates() {
	}

	/**
	 * Reads the template of a name and fills it in.
	 * @param template as in a policy
	 * @param leading whether it may begin with a placeholder
	 * @param user whose values
	 * @param element what the list element {@code e} is
	 * @return the name; empty if the user has no value for it that may stand there
	 * @throws IllegalArgumentException if a policy could not have this template
	 */
	public static Optional<String> resource(String template, boolean leading, AppUser user, Object element) {
		ResourceTemplate read = ResourceTemplate.parse(template, TemplateScope.ofRule(leading, "e"));
		try {
			return read.expand(new Values(user, Pseudonyms.OF_TESTS, element)).map(Resource::toString);
		}
		catch (UnsafeValueException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Reads the template of a revocation key and fills it in.
	 * @param template as in a policy
	 * @param user whose values
	 * @return the key; empty if the user has no value for it that may stand there
	 * @throws IllegalArgumentException if a policy could not have this template
	 */
	public static Optional<String> revocationKey(String template, AppUser user) {
		Segment read = Segment.parseText(template).separated();
		try {
			return read.expand(new Values(user, Pseudonyms.OF_TESTS, null));
		}
		catch (UnsafeValueException ex) {
			return Optional.empty();
		}
	}

}
