package dev.ablyauth.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * The rules, read and checked. Immutable; deny by default; what matching rules give adds
 * up.
 */
public final class Policy {

	/** How many pairs of resources one wish may make the server compare. */
	private static final long MAX_PAIRS = 25_000;

	/** How many resources one token may name. */
	private static final int MAX_RESOURCES = 1000;

	private final PolicyText text;

	private final Pseudonyms pseudonyms;

	private final RuleIndex denials;

	private final RuleIndex granting;

	Policy(PolicyText text, Pseudonyms pseudonyms) {
		this.text = text;
		this.pseudonyms = pseudonyms;
		this.denials = new RuleIndex(text.rules().stream().filter((rule) -> rule.deny() != null).toList());
		this.granting = new RuleIndex(text.rules().stream().filter((rule) -> rule.deny() == null).toList());
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
		Values values = values(user);
		Matches matches = match(facts, values);
		Capability capability = matches.capability();
		this.text.envelope().check(matches.parts(), values);
		Capability wanted = wish.capability();
		Capability given = (wanted != null) ? intersect(capability, wanted) : capability;
		if (given.entries().size() > MAX_RESOURCES) {
			throw new Refused(Reason.TOKEN_TOO_LONG, "The token would name more than " + MAX_RESOURCES + " resources.");
		}
		refuseTooMany(given, wanted);
		Losses losses = (wanted != null) ? new Losses(given.missingOf(wanted).orElse(null), null) : Losses.NONE;
		return new Grant(given.compact(), clientId(values, wish, matches), lifetime(wish, matches),
				FeatureSum.of(matches.parts()), matches.parts(), losses);
	}

	private static void refuseTooMany(Capability one, @Nullable Capability other) {
		if (other != null && (long) one.entries().size() * other.entries().size() > MAX_PAIRS) {
			throw new Refused(Reason.INVALID_PARAMETER, "capability: asks for too many resources at once.");
		}
	}

	private static Capability intersect(Capability capability, Capability wanted) {
		refuseTooMany(capability, wanted);
		return capability.intersect(wanted)
			.orElseThrow(() -> new Refused(Reason.WISH_NOT_GRANTED,
					"The policy gives this user nothing of the capability that was asked for."));
	}

	private void refuseDenied(Facts facts) {
		for (Rule rule : this.denials.candidates(facts.user())) {
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

	private Matches match(Facts facts, Values values) {
		Matches matches = new Matches();
		for (Rule rule : this.granting.candidates(facts.user())) {
			if (rule.appliesTo(facts) == Condition.Outcome.TRUE) {
				matches.add(rule, values);
			}
		}
		return matches;
	}

	private ClientId clientId(Values values, Wish wish, Matches matches) {
		ClientId own = this.text.clientId().expand(values);
		ClientId wished = wish.clientId();
		if (wished == null || wished.equals(own)) {
			return own;
		}
		if (wished.equals(ClientId.wildcard()) && matches.wildcardClientId()) {
			return wished;
		}
		throw new Refused(Reason.CLIENT_ID_MISMATCH,
				isOfGuestBefore(values.user(), wished)
						? "The guest has signed in and has another clientId now; the client must connect anew."
						: "The clientId that was asked for is not that of this user.");
	}

	/**
	 * Finds who somebody is to Ably of whom nothing is known but the id.
	 * @param id of a user or a guest
	 * @return the clientId, or empty if it depends on more than the id, or nobody with
	 * this id can have one
	 */
	public Optional<ClientId> clientIdOf(String id) {
		if (this.text.clientId().placeholder().path() != null) {
			return Optional.empty();
		}
		try {
			return Optional.of(this.text.clientId().expand(values(AppUser.guest(id, AppUser.NO_END))));
		}
		catch (Refused ex) {
			return Optional.empty();
		}
	}

	/**
	 * Tells whether somebody may ask for the clientId {@code *}.
	 * @return whether a rule says so
	 */
	public boolean allowsWildcard() {
		return this.text.rules().stream().anyMatch(Rule::wildcardClientId);
	}

	/**
	 * Tells whether everybody is the same to Ably by another policy.
	 * @param other the other policy
	 * @return whether clientIds are made alike
	 */
	public boolean hasClientIdsOf(Policy other) {
		return this.text.clientId().toString().equals(other.text.clientId().toString())
				&& allowsWildcard() == other.allowsWildcard();
	}

	/** Whether somebody still asks with the clientId from before signing in. */
	private boolean isOfGuestBefore(AppUser user, ClientId wished) {
		if (!(user.claims().get(AppUser.GUEST_ID) instanceof String guest)) {
			return false;
		}
		try {
			return wished.equals(this.text.clientId().expand(values(AppUser.guest(guest, user.expires()))));
		}
		catch (Refused ex) {
			return false;
		}
	}

	/** The shortest life wins. */
	private Lifetime lifetime(Wish wish, Matches matches) {
		List<Lifetime> limits = new ArrayList<>();
		limits.add(new Lifetime(this.text.ttl(), "policy"));
		limits.addAll(matches.lifetimes());
		Duration wished = wish.ttl();
		if (wished != null) {
			limits.add(new Lifetime(wished, "wish"));
		}
		return Lifetime.least(limits);
	}

	/**
	 * Says what became of each rule for a user.
	 * @param user who asks
	 * @param request what is known of the request
	 * @return one verdict for each rule, in the order of the file
	 */
	public List<RuleVerdict> verdicts(AppUser user, RequestFacts request) {
		Facts facts = new Facts(user, request);
		return this.text.rules().stream().map((rule) -> RuleVerdict.of(rule, facts, values(user))).toList();
	}

	/**
	 * Finds a user of the file's own tests.
	 * @param id who
	 * @return the user of the first test with this id
	 */
	public Optional<AppUser> testUser(String id) {
		return this.text.tests().stream().map(PolicyTest::user).filter((user) -> user.id().equals(id)).findFirst();
	}

	Values values(AppUser user) {
		return new Values(user, this.pseudonyms, null);
	}

	PolicyText text() {
		return this.text;
	}

	/**
	 * Returns the version of the policy for audit lines and metrics.
	 * @return the beginning of the SHA-256 of the file
	 */
	public String hash() {
		return this.text.hash();
	}

}
