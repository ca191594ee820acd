package dev.ablyauth.standin;

import java.time.Instant;

/**
 * Tokens that are revoked, from some moment on.
 *
 * @param keyName the key whose tokens they are
 * @param type {@code clientId}, {@code revocationKey} or {@code channel}
 * @param value everything after the first colon
 * @param issuedBefore the first moment of issue that is not revoked
 * @param appliesAt when it takes effect
 */
record RevokedTarget(String keyName, String type, String value, Instant issuedBefore, Instant appliesAt) {

	static RevokedTarget parse(String keyName, String target, Instant issuedBefore, Instant appliesAt,
			boolean byChannel) {
		int colon = target.indexOf(':');
		String type = (colon < 0) ? "" : target.substring(0, colon);
		switch (type) {
			case "clientId", "revocationKey" -> {
				// always there
			}
			case "channel" -> {
				if (!byChannel) {
					throw new Refused(40121, 401, "Revocation by channel is not enabled for this app");
				}
			}
			default -> throw new Refused(40000, 400, "No such type of target");
		}
		if (target.length() == colon + 1) {
			throw new Refused(40000, 400, "A target needs a value");
		}
		return new RevokedTarget(keyName, type, target.substring(colon + 1), issuedBefore, appliesAt);
	}

	/** Whether it is about this token, be it in effect or not. */
	boolean means(VerifiedToken token) {
		boolean mayBe = token.credential().keyName().equals(this.keyName) && token.issued().isBefore(this.issuedBefore);
		return mayBe && switch (this.type) {
			case "clientId" -> !this.value.equals("*") && this.value.equals(token.credential().clientId());
			case "revocationKey" -> this.value.equals(token.revocationKey());
			default -> token.capability().names(this.value);
		};
	}

	boolean inEffect(Instant now) {
		return !this.appliesAt.isAfter(now);
	}

}
