package dev.ablyauth.policy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.AppUser;

/**
 * The rules, read and checked. Immutable; deny by default; what matching rules give adds
 * up.
 */
public final class Policy {

	/** How many pairs of resources one wish may make the server compare. */
	private static final long MAX_PAIRS = 25_000;

	/** How many resources one token may name. */
	private static final int MAX_RESOURCES = 1000;

	private final String hash;

	private final ClientIdTemplate clientId;

	private final Duration ttl;

	private final List<Rule> denials;

	private final List<Rule> rules;

	Policy(String hash, ClientIdTemplate clientId, Duration ttl, List<Rule> rules) {
		this.hash = hash;
		this.clientId = clientId;
		this.ttl = ttl;
		this.denials = rules.stream().filter((rule) -> rule.deny() != null).toList();
		this.rules = rules.stream().filter((rule) -> rule.deny() == null).toList();
	}

	/**
	 * Decides what a user may have.
	 * @param user who asks
	 * @param wish what the client asked for
	 * @param request what is known of the request
	 * @return what the policy gives, narrowed to the wish
	 * @throws Refused if a rule refuses the user, nothing is granted, or the wish does
	 * not fit
	 */
	public Grant grant(AppUser user, Wish wish, RequestFacts request) {
		Facts facts = new Facts(user, request);
		refuseDenied(facts);
		Matches matches = match(facts);
		Capability capability = matches.capability();
		Capability wanted = wish.capability();
		if (wanted == null) {
			return grant(capability, user, wish, matches, false);
		}
		if ((long) capability.entries().size() * wanted.entries().size() > MAX_PAIRS) {
			throw new Refused(Reason.INVALID_PARAMETER, "capability: asks for too many resources at once.");
		}
		Capability both = capability.intersect(wanted)
			.orElseThrow(() -> new Refused(Reason.WISH_NOT_GRANTED,
					"The policy gives this user nothing of the capability that was asked for."));
		return grant(both, user, wish, matches, !both.covers(wanted));
	}

	private Grant grant(Capability capability, AppUser user, Wish wish, Matches matches, boolean narrowed) {
		if (capability.entries().size() > MAX_RESOURCES) {
			throw new Refused(Reason.TOKEN_TOO_LONG, "The token would name more than " + MAX_RESOURCES + " resources.");
		}
		return new Grant(capability, clientId(user, wish, matches), matches.ttl(wish.ttl()), matches.parts(), narrowed);
	}

	private void refuseDenied(Facts facts) {
		for (Rule rule : this.denials) {
			Condition.Outcome outcome = rule.appliesTo(facts);
			if (outcome == Condition.Outcome.TRUE) {
				throw new Refused(Reason.DENIED_BY_RULE, Objects.requireNonNull(rule.deny()), rule.name());
			}
			if (outcome == Condition.Outcome.ERROR) {
				throw new Refused(Reason.CONDITION_ERROR,
						"The condition of the rule \"" + rule.name() + "\" cannot be decided for this user.",
						rule.name());
			}
		}
	}

	private Matches match(Facts facts) {
		Matches matches = new Matches(this.ttl);
		for (Rule rule : this.rules) {
			if (rule.appliesTo(facts) == Condition.Outcome.TRUE) {
				matches.add(rule, facts.user());
			}
		}
		return matches;
	}

	private ClientId clientId(AppUser user, Wish wish, Matches matches) {
		ClientId own = this.clientId.expand(user);
		ClientId wished = wish.clientId();
		if (wished == null || wished.equals(own)) {
			return own;
		}
		if (wished.equals(ClientId.wildcard()) && matches.wildcardClientId()) {
			return wished;
		}
		throw new Refused(Reason.CLIENT_ID_MISMATCH, "The clientId that was asked for is not that of this user.");
	}

	/**
	 * Returns the version of the policy for audit lines and metrics.
	 * @return the beginning of the SHA-256 of the file
	 */
	public String hash() {
		return this.hash;
	}

	/**
	 * Returns the shortest life that the policy or one of its rules asks for.
	 * @return a ttl of the file
	 */
	public Duration shortestTtl() {
		return Stream.concat(Stream.of(this.ttl), this.rules.stream().map(Rule::ttl).filter(Objects::nonNull))
			.min(Comparator.naturalOrder())
			.orElse(this.ttl);
	}

}
