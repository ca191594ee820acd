package dev.ablyauth.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * The granting rules that apply to one user, adding up.
 */
final class Matches {

	private final List<Rule> rules = new ArrayList<>();

	private final List<Grant.Part> parts = new ArrayList<>();

	private @Nullable UnsafeValueException unsafe;

	/**
	 * Adds a rule, unless the user lacks a value that it needs or has one that is not
	 * safe.
	 */
	void add(Rule rule, Values values) {
		try {
			rule.expand(values).ifPresent((part) -> {
				this.rules.add(rule);
				this.parts.add(part);
			});
		}
		catch (UnsafeValueException ex) {
			this.unsafe = ex;
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
		List<Capability> capabilities = new ArrayList<>();
		this.parts.forEach((part) -> capabilities.add(part.capability()));
		return Capability.sum(capabilities);
	}

	private Refused nothing() {
		return (this.unsafe != null)
				? new Refused(Reason.CLAIM_NOT_SAFE,
						"The value of " + this.unsafe.name() + " cannot become part of a channel name.", null,
						this.unsafe.value())
				: new Refused(Reason.NOTHING_GRANTED, "The policy gives this user nothing.");
	}

	List<Grant.Part> parts() {
		return this.parts;
	}

	boolean wildcardClientId() {
		return this.rules.stream().anyMatch(Rule::wildcardClientId);
	}

	List<Lifetime> lifetimes() {
		List<Lifetime> lifetimes = new ArrayList<>();
		for (Rule rule : this.rules) {
			Duration ttl = rule.ttl();
			if (ttl != null) {
				lifetimes.add(new Lifetime(ttl, "rule \"" + rule.name() + "\""));
			}
		}
		return lifetimes;
	}

}
