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

	private final @Nullable String value;

	private final @Nullable String session;

	private final @Nullable String denial;

	private final @Nullable String limit;

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
		this(reason, message, rule, null);
	}

	/**
	 * Refuses because of a value of the user.
	 * @param reason decides status and code
	 * @param message as above
	 * @param rule the name of the rule, or null
	 * @param value the value, for the audit line alone
	 */
	public Refused(Reason reason, String message, @Nullable String rule, @Nullable String value) {
		this(reason, message, rule, value, null, null, null);
	}

	private Refused(Reason reason, String message, @Nullable String rule, @Nullable String value,
			@Nullable String session, @Nullable String denial, @Nullable String limit) {
		super(message, null, false, false);
		this.reason = reason;
		this.rule = rule;
		this.value = value;
		this.session = session;
		this.denial = denial;
		this.limit = limit;
	}

	/**
	 * Refuses somebody whom the deny-list names. Why is nothing that the answer says.
	 * @param denial the id of the denial, for the audit line alone
	 * @return the refusal
	 */
	public static Refused denied(String denial) {
		return new Refused(Reason.DENIED, "This user is denied.", null, null, null, denial, null);
	}

	/**
	 * Names the session kind that refuses.
	 * @param session the kind
	 * @return the same refusal
	 */
	public Refused of(String session) {
		return new Refused(this.reason, getMessage(), this.rule, this.value, session, this.denial, this.limit);
	}

	/**
	 * Names the limit that was reached.
	 * @param limit its name
	 * @return the same refusal
	 */
	public Refused by(String limit) {
		return new Refused(this.reason, getMessage(), this.rule, this.value, this.session, this.denial, limit);
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
	 * Returns the value that was not safe, for the audit line and never for the answer.
	 * @return the value, or null if it was no value
	 */
	public @Nullable String value() {
		return this.value;
	}

	/**
	 * Returns the session kind that refused.
	 * @return its name, or null if it was not about a session
	 */
	public @Nullable String session() {
		return this.session;
	}

	/**
	 * Returns which denial refused, for the audit line and for admins.
	 * @return its id, or null if it was none
	 */
	public @Nullable String denial() {
		return this.denial;
	}

	/**
	 * Returns which limit was reached.
	 * @return its name, or null if it was none
	 */
	public @Nullable String limit() {
		return this.limit;
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
