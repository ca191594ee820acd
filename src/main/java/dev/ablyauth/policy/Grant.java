package dev.ablyauth.policy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What the policy gives, and the only pass to the signers. Made by {@link Policy} alone.
 */
public final class Grant {

	private final Capability capability;

	private final ClientId clientId;

	private final Duration ttl;

	private final @Nullable Format format;

	private final List<Part> parts;

	private final boolean narrowed;

	Grant(Capability capability, ClientId clientId, Duration ttl, List<Part> parts, boolean narrowed) {
		this.capability = capability;
		this.clientId = clientId;
		this.ttl = ttl;
		this.parts = List.copyOf(parts);
		this.format = mostClosed(this.parts);
		this.narrowed = narrowed;
	}

	private static @Nullable Format mostClosed(List<Part> parts) {
		return parts.stream().map(Part::format).filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null);
	}

	/**
	 * Returns what is left of this grant under a key that may do less than everything.
	 * @param key the capability of the key
	 * @return this grant, or a narrower one
	 * @throws Refused if nothing is left
	 */
	public Grant within(Capability key) {
		if (key.covers(this.capability)) {
			return this;
		}
		Capability left = key.intersect(this.capability)
			.orElseThrow(() -> new Refused(Reason.KEY_ALLOWS_NOTHING,
					"The API key of this server allows nothing of what the policy gives."));
		return new Grant(left, this.clientId, this.ttl, this.parts, true);
	}

	/**
	 * Returns what may be done.
	 * @return never empty
	 */
	public Capability capability() {
		return this.capability;
	}

	/**
	 * Returns who the client is to Ably.
	 * @return the clientId
	 */
	public ClientId clientId() {
		return this.clientId;
	}

	/**
	 * Returns the longest life that wish, rules and policy allow.
	 * @return more than nothing
	 */
	public Duration ttl() {
		return this.ttl;
	}

	/**
	 * Returns how the rules want it issued.
	 * @return the most closed format that a rule named, or null if none did
	 */
	public @Nullable Format format() {
		return this.format;
	}

	/**
	 * Returns the rules that took part.
	 * @return their names, in the order of the file
	 */
	public List<String> rules() {
		return this.parts.stream().map(Part::rule).toList();
	}

	/**
	 * Returns what each rule gave, before the wish and the key took something away.
	 * @return at least one part
	 */
	public List<Part> parts() {
		return this.parts;
	}

	/**
	 * Tells whether the client gets less than it asked for, or less than the policy gives
	 * because of the key.
	 * @return whether something was lost
	 */
	public boolean narrowed() {
		return this.narrowed;
	}

	/**
	 * What one rule gave.
	 *
	 * @param rule the name of the rule
	 * @param capability what it gave
	 * @param format how it wants to be issued, or null
	 */
	public record Part(String rule, Capability capability, @Nullable Format format) {
	}

}
