package dev.ablyauth.policy;

import java.util.List;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.ClaimPath;

/**
 * A grant that is given once for each element of a list claim.
 *
 * @param list where the list is
 * @param as what an element is called in the templates of the grant
 * @param max how many elements there may be
 */
record ForEach(ClaimPath list, String as, int max) {

	static final int DEFAULT_MAX = 100;

	/**
	 * Returns the elements; none if the user has no such list.
	 * @throws UnsafeValueException if the claim is no list
	 * @throws Refused if there are too many: a part of them would be an answer that
	 * nobody can explain
	 */
	List<?> elements(Values values) {
		Object found = this.list.find(values.user().claims());
		if (found == null) {
			return List.of();
		}
		if (!(found instanceof List<?> elements)) {
			throw new UnsafeValueException(toString(), found);
		}
		if (elements.size() > this.max) {
			throw new Refused(Reason.CLAIM_NOT_SAFE, "The list " + this + " has more than " + this.max + " elements.",
					null, elements.size() + " elements");
		}
		return elements;
	}

	/** An element that cannot be used may be an attack, and is not passed over. */
	Refused badElement(String value) {
		return new Refused(Reason.CLAIM_NOT_SAFE, "An element of " + this + " cannot become part of a channel name.",
				null, value);
	}

	@Override
	public String toString() {
		return "claims." + this.list;
	}

}
