package dev.ablyauth.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.JwtFeatures;
import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What the policy gives, and the only pass to the signers. Made by {@link Policy} alone.
 */
public final class Grant {

	private final Capability capability;

	private final ClientId clientId;

	private final Lifetime lifetime;

	private final JwtFeatures features;

	private final List<Part> parts;

	private final Losses losses;

	private final @Nullable Format format;

	Grant(Capability capability, ClientId clientId, Lifetime lifetime, JwtFeatures features, List<Part> parts,
			Losses losses) {
		this.capability = capability;
		this.clientId = clientId;
		this.lifetime = lifetime;
		this.features = features;
		this.parts = List.copyOf(parts);
		this.losses = losses;
		this.format = mostClosed(this.parts);
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
		Capability toKey = key.missingOf(this.capability).orElse(null);
		if (toKey == null) {
			return this;
		}
		Capability left = key.intersect(this.capability)
			.orElseThrow(() -> new Refused(Reason.KEY_ALLOWS_NOTHING,
					"The API key of this server allows nothing of what the policy gives."));
		return new Grant(left.compact(), this.clientId, this.lifetime, this.features, this.parts,
				new Losses(this.losses.ofWish(), toKey));
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
	 * @return with who set it
	 */
	public Lifetime lifetime() {
		return this.lifetime;
	}

	/**
	 * Returns what only a JWT can say.
	 * @return perhaps nothing
	 */
	public JwtFeatures features() {
		return this.features;
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
	 * Returns the rules that give something by themselves.
	 * @param resource where
	 * @param operations what
	 * @return names of rules, none if only several of them together give it
	 */
	public List<String> rulesFor(Resource resource, OperationSet operations) {
		return this.parts.stream()
			.filter((part) -> part.capability().operationsOn(resource).covers(operations))
			.map(Part::rule)
			.toList();
	}

	/**
	 * Returns what each rule gave, before the wish and the key took something away.
	 * @return at least one part
	 */
	public List<Part> parts() {
		return this.parts;
	}

	/**
	 * Returns the rule that gives the most.
	 * @return the name of the one whose capability has the longest text
	 */
	public String largestRule() {
		return this.parts.stream()
			.max(Comparator.comparingInt((part) -> part.capability().text().length()))
			.map(Part::rule)
			.orElseThrow();
	}

	/**
	 * Returns what the client asked for or the policy gives, and the client does not get.
	 * @return perhaps nothing
	 */
	public Losses losses() {
		return this.losses;
	}

	/**
	 * What one rule gave.
	 *
	 * @param rule the name of the rule
	 * @param capability what it gave
	 * @param features what it said that only a JWT can say
	 * @param format how it wants to be issued, or null
	 */
	public record Part(String rule, Capability capability, JwtFeatures features, @Nullable Format format) {
	}

}
