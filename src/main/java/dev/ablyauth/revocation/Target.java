package dev.ablyauth.revocation;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.RevocationKey;
import dev.ablyauth.ably.Text;

/**
 * Whom or what a denial names.
 *
 * @param kind what the value is
 * @param value as it is compared, byte for byte; a range of addresses in one form
 */
public record Target(Kind kind, String value) {

	private static final int MAX_LENGTH = 512;

	/**
	 * Refuses what no request could ever match, and what could not be written down in one
	 * line.
	 * @throws IllegalArgumentException if it is that; the message does not repeat it
	 */
	public Target {
		value = switch (kind) {
			case CLIENT_ID -> ClientId.of(value).value();
			case REVOCATION_KEY -> new RevocationKey(value).value();
			case ADDRESS -> AddressRange.parse(value).toString();
			case USER_ID, SESSION_ID, GUEST_ID -> clean(value);
		};
	}

	private static String clean(String value) {
		if (value.isEmpty() || value.length() > MAX_LENGTH || !Text.isClean(value)) {
			throw new IllegalArgumentException("must have 1 to " + MAX_LENGTH
					+ " characters, and no control characters, line breaks or half characters");
		}
		return value;
	}

	/**
	 * Shows it for an audit line.
	 */
	@Override
	public String toString() {
		return this.kind.label() + ":" + this.value;
	}

	/** What is looked up: a range where there is one, else the text. */
	Object key() {
		return (this.kind == Kind.ADDRESS) ? AddressRange.parse(this.value) : this.value;
	}

	/**
	 * What a target can be.
	 */
	public enum Kind {

		/** Who is signed in, with the prefix of its issuer. */
		USER_ID("userId"),

		/** Who somebody is to Ably. */
		CLIENT_ID("clientId"),

		/** The {@code sid} or {@code jti} of the app's token. */
		SESSION_ID("sessionId"),

		/** Somebody who did not sign in. */
		GUEST_ID("guestId"),

		/** A group of tokens, as the policy names it. */
		REVOCATION_KEY("revocationKey"),

		/** Where requests come from: {@code 192.0.2.7}, {@code 2001:db8::/32}. */
		ADDRESS("address");

		private final String label;

		Kind(String label) {
			this.label = label;
		}

		/**
		 * Returns the name in JSON.
		 * @return such as {@code userId}
		 */
		public String label() {
			return this.label;
		}

		/**
		 * Finds a kind.
		 * @param label its name in JSON
		 * @return the kind
		 * @throws IllegalArgumentException if there is none
		 */
		public static Kind of(String label) {
			for (Kind kind : values()) {
				if (kind.label.equals(label)) {
					return kind;
				}
			}
			throw new IllegalArgumentException(
					"must be userId, clientId, sessionId, guestId, revocationKey or address");
		}

	}

}
