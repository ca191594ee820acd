package dev.ablyauth.session;

import java.util.List;
import java.util.function.UnaryOperator;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * Keeps people of different issuers apart: an id with the prefix of its issuer, refused
 * where it looks like an id with the prefix of another one.
 *
 * @param prefix of this issuer
 * @param otherPrefixes of the issuers that have other people
 */
record UserIds(String prefix, List<String> otherPrefixes) implements UnaryOperator<String> {

	@Override
	public String apply(String id) {
		String own = this.prefix + id;
		if (this.otherPrefixes.stream()
			.anyMatch((other) -> other.length() > this.prefix.length() && own.startsWith(other))) {
			throw new Refused(Reason.CLAIM_NOT_SAFE, "The user id of the session is not one of its issuer.", null, own);
		}
		return own;
	}

}
