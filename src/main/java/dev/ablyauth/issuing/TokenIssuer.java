package dev.ablyauth.issuing;

import java.time.Instant;
import java.util.List;

import dev.ablyauth.ably.AblyJwt;
import dev.ablyauth.ably.AblyToken;
import dev.ablyauth.ably.Credential;
import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.RecentRevocations;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.policy.CanVerdict;
import dev.ablyauth.policy.Explanation;
import dev.ablyauth.policy.Grant;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.policy.Policy;
import dev.ablyauth.policy.PolicyOutcome;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.policy.RuleVerdict;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.revocation.DenyList;
import dev.ablyauth.session.AppUser;

/**
 * Issues tokens. Asks the policy, decides on key, lifetime and format, signs, and writes
 * the audit record before the token leaves.
 */
public final class TokenIssuer {

	private final DenyList denyList;

	private final LivePolicy policy;

	private final ShadowPolicy shadow;

	private final LiveKeys keys;

	private final KeyHolders holders;

	private final IssueTimes times;

	private final Decisions decisions;

	private final Seal seal;

	private final IssueAudit audit;

	TokenIssuer(DenyList denyList, LivePolicy policy, ShadowPolicy shadow, LiveKeys keys, KeyHolders holders,
			IssueTimes times, Decisions decisions, Seal seal, IssueAudit audit) {
		this.denyList = denyList;
		this.policy = policy;
		this.shadow = shadow;
		this.keys = keys;
		this.holders = holders;
		this.times = times;
		this.decisions = decisions;
		this.seal = seal;
		this.audit = audit;
	}

	/**
	 * Issues a token.
	 * @param user who asks
	 * @param asked which form was called for
	 * @param wish what the client asked for
	 * @param request what is known of the request; its time is the time of the token
	 * @return the token
	 * @throws Refused if there is none for this user, this wish or this form
	 */
	public IssuedToken issue(AppUser user, Asked asked, Wish wish, RequestFacts request) {
		this.decisions.checkWish(wish.ttl());
		RecentRevocations.Known known = this.times.known();
		DenyCheck denied = deniedFor(user, request);
		KeyRing ring = this.keys.current();
		Policy current = this.policy.current();
		PolicyOutcome outcome = PolicyOutcome.of(current, user, wish, request);
		this.shadow.tryBeside(outcome, current, user, wish, request);
		Decision decision = decide(denied.grant(outcome.orRefused()), ring, user, asked, wish, request, known);
		this.times.await(decision.early());
		Credential credential = this.seal.seal(decision, this.times.ably(request.now()));
		if (!(credential instanceof AblyJwt) || !decision.early().isZero()) {
			// Somebody may have been denied or revoked while this waited.
			this.times.requireNoneSince(known, deniedFor(user, request).grant(decision.grant()));
		}
		Instant expires = (credential instanceof AblyToken opaque && opaque.expires().isBefore(decision.expires()))
				? opaque.expires() : decision.expires();
		this.audit.write(current, user, decision, expires, request);
		this.holders.issued(decision, expires, request.now());
		return new IssuedToken(credential, decision.format(), expires, decision.grant(), decision.id());
	}

	/**
	 * Explains what would be issued, and issues nothing.
	 * @param user who would ask
	 * @param asked which form would be called for
	 * @param wish what the client would ask for
	 * @param request what would be known of the request
	 * @return the decision and how it came about
	 */
	public Explanation explain(AppUser user, Asked asked, Wish wish, RequestFacts request) {
		Policy current = this.policy.current();
		List<RuleVerdict> rules = current.verdicts(user, request);
		try {
			this.decisions.checkWish(wish.ttl());
			DenyCheck denied = deniedFor(user, request);
			Decision decision = decide(denied.grant(current.grant(user, wish, request)), this.keys.current(), user,
					asked, wish, request, this.times.known());
			AblyJwt jwt = decision.jwt();
			return Explanation.granted(rules, decision.grant(),
					new Explanation.Token(decision.format().toString(), (jwt != null) ? jwt.bytes() : null,
							decision.longest().duration().toSeconds(), decision.longest().setBy(),
							decision.key().name().value()),
					current.hash());
		}
		catch (Refused refused) {
			return Explanation.refused(rules, refused, current.hash());
		}
	}

	/**
	 * Answers whether a user may do one thing. What no token can carry, nobody may do.
	 * @param user who would do it
	 * @param operations what
	 * @param resource where
	 * @param request what would be known of the request
	 * @return yes or no, with the rule
	 */
	public CanVerdict can(AppUser user, OperationSet operations, Resource resource, RequestFacts request) {
		Policy current = this.policy.current();
		KeyRing ring = this.keys.current();
		CanVerdict verdict = CanVerdict.of(current, this.holders.capability(ring, request.now()), user, request,
				operations, resource);
		try {
			DenyCheck denied = deniedFor(user, request);
			if (verdict.allowed()) {
				decide(denied.grant(current.grant(user, Wish.NONE, request)), ring, user, Asked.ANY, Wish.NONE, request,
						this.times.known());
			}
			return verdict;
		}
		catch (Refused refused) {
			return verdict.butRefused(refused);
		}
	}

	private DenyCheck deniedFor(AppUser user, RequestFacts request) {
		DenyCheck check = new DenyCheck(this.denyList.current(), request.now());
		check.person(user, request.address());
		return check;
	}

	private Decision decide(Grant granted, KeyRing ring, AppUser user, Asked asked, Wish wish, RequestFacts request,
			RecentRevocations.Known known) {
		ChosenKey chosen = this.holders.choose(ring, granted.clientId(), wish.keyName(), request.now());
		return this.decisions.decide(granted, chosen, user, asked, request.now(), known);
	}

}
