package dev.ablyauth.policy;

import java.util.Set;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * Who a user is to Ably. A clientId as a whole is not a name in a pattern, so it follows
 * the rules of {@link ClientId} and keeps every byte of the value.
 */
final class ClientIdTemplate {

	/** What a broken app has instead of an id, so that nobody becomes it. */
	static final Set<String> RESERVED = Set.of("null", "undefined", "anonymous");

	private final String before;

	private final Placeholder placeholder;

	private final String after;

	private final Set<String> reserved;

	private ClientIdTemplate(String before, Placeholder placeholder, String after, Set<String> reserved) {
		this.reserved = reserved;
		this.before = before;
		this.placeholder = placeholder;
		this.after = after;
	}

	/**
	 * Reads a template.
	 * @param reserved values that nobody may have
	 * @throws IllegalArgumentException if people could get the same clientId by it
	 */
	static ClientIdTemplate parse(String text, Set<String> reserved) {
		Segment template = Segment.parseText(text);
		Placeholder placeholder = template.placeholder();
		if (placeholder == null) {
			throw new IllegalArgumentException("must have a placeholder: everybody would be the same client");
		}
		if (placeholder.filter() == Placeholder.Filter.ENC) {
			throw new IllegalArgumentException("has |enc, which a clientId does not need: it keeps every character");
		}
		ClientId.of(template.before() + "x" + template.after());
		return new ClientIdTemplate(template.before(), placeholder, template.after(), reserved);
	}

	ClientId expand(Values values) {
		try {
			String value = this.placeholder.filtered(values).orElse("");
			if (value.isEmpty() || this.placeholder.isOneOf(this.reserved, values)) {
				throw unusable(value);
			}
			return clientId(value);
		}
		catch (UnsafeValueException ex) {
			throw unusable(ex.value());
		}
	}

	private ClientId clientId(String value) {
		try {
			return ClientId.of(this.before + value + this.after);
		}
		catch (IllegalArgumentException ex) {
			throw unusable(value);
		}
	}

	private Refused unusable(String value) {
		return new Refused(Reason.CLAIM_NOT_SAFE, "The value of " + this.placeholder + " cannot be a clientId.", null,
				value);
	}

	Placeholder placeholder() {
		return this.placeholder;
	}

	/** As it is written. */
	@Override
	public String toString() {
		return this.before + "{" + this.placeholder + "}" + this.after;
	}

}
