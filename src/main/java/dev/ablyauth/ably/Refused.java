package dev.ablyauth.ably;

import org.jspecify.annotations.Nullable;

/**
 * The one kind of no. Thrown wherever a request cannot have a token, and said aloud in
 * one place, at the door, in the words of Ably's ErrorInfo.
 */
public final class Refused extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	private final @Nullable String rule;

	/**
	 * Refuses.
	 * @param reason decides status and code
	 * @param message for the developer of the client; holds no secret, no token and no
	 * claim value
	 */
	public Refused(Reason reason, String message) {
		this(reason, message, null);
	}

	/**
	 * Refuses because of a rule of the policy.
	 * @param reason decides status and code
	 * @param message as above
	 * @param rule the name of the rule
	 */
	public Refused(Reason reason, String message, @Nullable String rule) {
		super(message, null, false, false);
		this.reason = reason;
		this.rule = rule;
	}

	/**
	 * Returns why.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * Returns which rule refused.
	 * @return its name, or null if it was no rule
	 */
	public @Nullable String rule() {
		return this.rule;
	}

	/**
	 * Returns the message.
	 * @return one sentence
	 */
	@Override
	public String getMessage() {
		return String.valueOf(super.getMessage());
	}

}
