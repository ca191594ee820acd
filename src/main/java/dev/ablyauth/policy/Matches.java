package dev.ablyauth.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * The granting rules that apply to one user, adding up.
 */
final class Matches {

	private final List<Rule> rules = new ArrayList<>();

	private final List<Grant.Part> parts = new ArrayList<>();

	private final Duration policyTtl;

	private @Nullable String unsafeValue;

	Matches(Duration policyTtl) {
		this.policyTtl = policyTtl;
	}

	/**
	 * Adds a rule, unless the user lacks a value that it needs or has one that is not
	 * safe.
	 */
	void add(Rule rule, AppUser user) {
		try {
			rule.expand(user).ifPresent((capability) -> {
				this.rules.add(rule);
				this.parts.add(new Grant.Part(rule.name(), capability, rule.format()));
			});
		}
		catch (UnsafeValueException ex) {
			this.unsafeValue = ex.name();
		}
	}

	/**
	 * Returns the sum.
	 * @throws Refused if no rule is left
	 */
	Capability capability() {
		if (this.parts.isEmpty()) {
			throw nothing();
		}
		return Capability.sum(this.parts.stream().map(Grant.Part::capability).toList());
	}

	private Refused nothing() {
		return (this.unsafeValue != null)
				? new Refused(Reason.CLAIM_NOT_SAFE,
						"The value of " + this.unsafeValue + " cannot become part of a channel name.")
				: new Refused(Reason.NOTHING_GRANTED, "The policy gives this user nothing.");
	}

	List<Grant.Part> parts() {
		return this.parts;
	}

	boolean wildcardClientId() {
		return this.rules.stream().anyMatch(Rule::wildcardClientId);
	}

	/** The shortest life wins. */
	Duration ttl(@Nullable Duration wished) {
		return Stream.concat(Stream.ofNullable(wished), this.rules.stream().map(Rule::ttl).filter(Objects::nonNull))
			.reduce(this.policyTtl, (left, right) -> (left.compareTo(right) < 0) ? left : right);
	}

}
