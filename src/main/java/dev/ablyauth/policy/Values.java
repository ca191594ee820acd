package dev.ablyauth.policy;

import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * What the placeholders of a template stand for, for one user.
 *
 * @param user who
 * @param pseudonyms makes those of {@code |pseudonym}
 * @param element the element of a list at which a for-each is, or null
 */
record Values(AppUser user, Pseudonyms pseudonyms, @Nullable Object element) {

	Values at(@Nullable Object item) {
		return new Values(this.user, this.pseudonyms, item);
	}

}
