package dev.ablyauth.session;

import java.util.Collection;
import java.util.List;

/**
 * The prefixes of all who name users.
 *
 * @param all one for each source of users, and that of guests
 */
record UserPrefixes(Collection<String> all) {

	static final UserPrefixes NONE = new UserPrefixes(List.of());

	/** The ids of one source, kept apart from those of the others. */
	UserIds of(UserSource source) {
		String own = source.userIdPrefix();
		return new UserIds(own, this.all.stream().filter((other) -> !other.equals(own)).toList());
	}

}
