package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import dev.ablyauth.ably.AblyJwt;
import dev.ablyauth.ably.AblyJwtClaims;
import dev.ablyauth.ably.AblyJwtSigner;
import dev.ablyauth.ably.AblyToken;
import dev.ablyauth.ably.Credential;
import dev.ablyauth.ably.IssueTime;
import dev.ablyauth.ably.JwtFeatures;
import dev.ablyauth.ably.Nonce;
import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.RecentRevocations;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.ably.TokenParams;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.ably.TokenRequestSigner;
import dev.ablyauth.policy.CanVerdict;
import dev.ablyauth.policy.Explanation;
import dev.ablyauth.policy.Format;
import dev.ablyauth.policy.Grant;
import dev.ablyauth.policy.Lifetime;
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

	/** Leaves room under the 128 KiB that the SDKs take. Spec: RSA4f. */
	private static final int MAX_TOKEN_REQUEST = 100_000;

	private final DenyList denyList;

	private final LivePolicy policy;

	private final ShadowPolicy shadow;

	private final SigningKey signingKey;

	private final TokenProperties settings;

	private final Lifetimes lifetimes;

	private final IssueTimes times;

	private final Nonces nonces;

	private final Function<TokenRequest, AblyToken> redeem;

	private final IssueAudit audit;

	private final AblyJwtSigner jwtSigner = new AblyJwtSigner();

	private final TokenRequestSigner requestSigner = new TokenRequestSigner();

	TokenIssuer(DenyList denyList, LivePolicy policy, ShadowPolicy shadow, SigningKey signingKey,
			TokenProperties settings, Lifetimes lifetimes, IssueTimes times, Nonces nonces,
			Function<TokenRequest, AblyToken> redeem, IssueAudit audit) {
		this.denyList = denyList;
		this.policy = policy;
		this.shadow = shadow;
		this.signingKey = signingKey;
		this.settings = settings;
		this.lifetimes = lifetimes;
		this.times = times;
		this.nonces = nonces;
		this.redeem = redeem;
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
		this.lifetimes.checkWish(wish.ttl());
		RecentRevocations.Known known = this.times.known();
		DenyCheck denied = deniedFor(user, request);
		Policy current = this.policy.current();
		PolicyOutcome outcome = PolicyOutcome.of(current, user, wish, request);
		this.shadow.tryBeside(outcome, current, user, wish, request);
		Decision decision = decide(denied.grant(outcome.orRefused()), user, asked, request, known);
		this.times.await(decision.early());
		Credential credential = seal(decision, request);
		if (!(credential instanceof AblyJwt) || !decision.early().isZero()) {
			// Somebody may have been denied or revoked while this waited.
			this.times.requireNoneSince(known, deniedFor(user, request).grant(decision.grant()));
		}
		Instant expires = (credential instanceof AblyToken opaque && opaque.expires().isBefore(decision.expires()))
				? opaque.expires() : decision.expires();
		this.audit.write(current, user, decision, expires, request);
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
			this.lifetimes.checkWish(wish.ttl());
			DenyCheck denied = deniedFor(user, request);
			Decision decision = decide(denied.grant(current.grant(user, wish, request)), user, asked, request,
					this.times.known());
			AblyJwt jwt = decision.jwt();
			return Explanation.granted(rules, decision.grant(),
					new Explanation.Token(decision.format().toString(), (jwt != null) ? jwt.bytes() : null,
							decision.longest().duration().toSeconds(), decision.longest().setBy(),
							decision.key().key().name().value()),
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
		CanVerdict verdict = CanVerdict.of(current, this.signingKey.capability(), user, request, operations, resource);
		try {
			DenyCheck denied = deniedFor(user, request);
			if (verdict.allowed()) {
				decide(denied.grant(current.grant(user, Wish.NONE, request)), user, Asked.ANY, request,
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

	private Decision decide(Grant granted, AppUser user, Asked asked, RequestFacts request,
			RecentRevocations.Known known) {
		Grant grant = granted.within(this.signingKey.capability());
		IssueTime time = this.times.of(grant, request.now(), known);
		Lifetime longest = this.lifetimes.longest(grant.lifetime(), this.signingKey.longest(),
				request.now().plus(time.early()), user.expires());
		Duration lifetime = this.lifetimes.spread(longest.duration());
		Format format = asked.choose(grant);
		Nonce id = this.nonces.next();
		if (format == Format.JWT) {
			Instant expires = time.issuedAt().plus(lifetime);
			AblyJwt jwt = this.jwtSigner.sign(this.signingKey.key(), new AblyJwtClaims(time.issuedAt(), expires,
					grant.capability(), grant.clientId(), id, grant.features()));
			if (jwt.bytes() <= this.settings.maxBytes()) {
				return new Decision(grant, this.signingKey, longest, lifetime, format, id, jwt, expires, time.early());
			}
			format = shorter(asked, grant, jwt.bytes());
		}
		if (format == Format.TOKEN_REQUEST) {
			lifetime = this.lifetimes.ofTokenRequest(lifetime, request.now(), user.expires());
		}
		Instant signedAt = request.now().truncatedTo(ChronoUnit.MILLIS);
		return new Decision(grant, this.signingKey, longest, lifetime, format, id, null, signedAt.plus(lifetime),
				time.early());
	}

	/** What a JWT that is too long becomes. */
	private Format shorter(Asked asked, Grant grant, int bytes) {
		String tooLong = "a JWT would have " + bytes + " bytes, at most " + this.settings.maxBytes() + " are allowed";
		if (asked == Asked.ANY && grant.format() == null) {
			Asked.refuseJwtFeatures(grant, tooLong);
			return Format.TOKEN_REQUEST;
		}
		String advice = (grant.format() == null && grant.features().equals(JwtFeatures.NONE))
				? " Call ably-token-request or ably-token." : " Ask for fewer resources.";
		throw new Refused(Reason.TOKEN_TOO_LONG,
				"The JWT would have " + bytes + " bytes, at most " + this.settings.maxBytes()
						+ " are allowed; most of it is of the rule \"" + grant.largestRule() + "\"." + advice,
				grant.largestRule());
	}

	private Credential seal(Decision decision, RequestFacts request) {
		return switch (decision.format()) {
			case JWT -> Objects.requireNonNull(decision.jwt());
			case TOKEN_REQUEST -> tokenRequest(decision, request);
			case ABLY_TOKEN -> this.redeem.apply(tokenRequest(decision, request));
		};
	}

	private TokenRequest tokenRequest(Decision decision, RequestFacts request) {
		Grant grant = decision.grant();
		if (grant.capability().text().length() > MAX_TOKEN_REQUEST) {
			throw new Refused(Reason.TOKEN_TOO_LONG, "The capability has more than " + MAX_TOKEN_REQUEST
					+ " characters, which the SDKs do not take; ask for fewer resources.");
		}
		return this.requestSigner.sign(decision.key().key(), new TokenParams(decision.lifetime(), grant.capability(),
				grant.clientId(), request.now(), decision.id()));
	}

}
