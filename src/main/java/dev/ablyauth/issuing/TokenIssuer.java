package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;

import dev.ablyauth.ably.AblyJwt;
import dev.ablyauth.ably.AblyJwtClaims;
import dev.ablyauth.ably.AblyJwtSigner;
import dev.ablyauth.ably.Fingerprint;
import dev.ablyauth.ably.Nonce;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.TokenParams;
import dev.ablyauth.ably.TokenRequestSigner;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.audit.AuditRecord;
import dev.ablyauth.policy.Format;
import dev.ablyauth.policy.Grant;
import dev.ablyauth.policy.Policy;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.session.AppUser;

/**
 * Issues tokens. Asks the policy, decides on key, lifetime and format, signs, and writes
 * the audit record before the token leaves.
 */
public final class TokenIssuer {

	/** Leaves room under the 128 KiB that the SDKs take. Spec: RSA4f. */
	private static final int MAX_TOKEN_REQUEST = 100_000;

	private final Policy policy;

	private final SigningKey signingKey;

	private final TokenProperties settings;

	private final Lifetimes lifetimes;

	private final Nonces nonces;

	private final AuditLog audit;

	private final AblyJwtSigner jwtSigner = new AblyJwtSigner();

	private final TokenRequestSigner requestSigner = new TokenRequestSigner();

	TokenIssuer(Policy policy, SigningKey signingKey, TokenProperties settings, Lifetimes lifetimes, Nonces nonces,
			AuditLog audit) {
		this.policy = policy;
		this.signingKey = signingKey;
		this.settings = settings;
		this.lifetimes = lifetimes;
		this.nonces = nonces;
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
		Grant grant = this.policy.grant(user, wish, request).within(this.signingKey.capability());
		Duration lifetime = this.lifetimes.lifetime(grant.ttl(), this.signingKey.longestTtl(), request.now(),
				user.expires());
		if (asked == Asked.TOKEN_REQUEST || (asked == Asked.ANY && grant.format() == Format.TOKEN_REQUEST)) {
			return tokenRequest(user, grant, lifetime, request);
		}
		if (grant.format() == Format.TOKEN_REQUEST) {
			String rule = grant.parts()
				.stream()
				.filter((part) -> part.format() == Format.TOKEN_REQUEST)
				.map(Grant.Part::rule)
				.findFirst()
				.orElse("");
			throw new Refused(Reason.FORMAT_CONFLICT, "The rule \"" + rule
					+ "\" wants a TokenRequest and not a JWT; call ably-token-request or ably-token.");
		}
		return jwt(user, asked, grant, lifetime, request);
	}

	private IssuedToken jwt(AppUser user, Asked asked, Grant grant, Duration lifetime, RequestFacts request) {
		Instant issuedAt = Instant.ofEpochSecond(request.now().minus(this.settings.iatBackdate()).getEpochSecond());
		Nonce id = this.nonces.next();
		AblyJwt jwt = this.jwtSigner.sign(this.signingKey.key(),
				new AblyJwtClaims(issuedAt, issuedAt.plus(lifetime), grant.capability(), grant.clientId(), id));
		if (jwt.bytes() > this.settings.maxBytes()) {
			if (asked == Asked.ANY && grant.format() == null) {
				return tokenRequest(user, grant, lifetime, request);
			}
			throw new Refused(Reason.TOKEN_TOO_LONG, "The JWT would have " + jwt.bytes() + " bytes, at most "
					+ this.settings.maxBytes() + " are allowed; call ably-token-request or ably-token.");
		}
		record(user, grant, Format.JWT, issuedAt.plus(lifetime), id, request);
		return new IssuedToken.Jwt(jwt, grant.narrowed());
	}

	private IssuedToken tokenRequest(AppUser user, Grant grant, Duration lifetime, RequestFacts request) {
		if (grant.capability().text().length() > MAX_TOKEN_REQUEST) {
			throw new Refused(Reason.TOKEN_TOO_LONG, "The capability has more than " + MAX_TOKEN_REQUEST
					+ " characters, which the SDKs do not take; ask for fewer resources.");
		}
		TokenParams params = new TokenParams(lifetime, grant.capability(), grant.clientId(), request.now(),
				this.nonces.next());
		var tokenRequest = this.requestSigner.sign(this.signingKey.key(), params);
		record(user, grant, Format.TOKEN_REQUEST, request.now().plus(lifetime), params.nonce(), request);
		return new IssuedToken.Request(tokenRequest, grant.narrowed());
	}

	private void record(AppUser user, Grant grant, Format format, Instant expires, Nonce id, RequestFacts request) {
		this.audit.write(AuditRecord.issued()
			.with("user", user.id())
			.with("session", user.source().kind())
			.with("issuer", user.source().issuer())
			.with("address", request.address())
			.with("rules", grant.rules())
			.with("key", this.signingKey.key().name())
			.with("clientId", grant.clientId())
			.with("capability", Fingerprint.of(grant.capability().text()))
			.with("narrowed", grant.narrowed())
			.with("format", format)
			.with("expires", expires)
			.with((format == Format.JWT) ? "jti" : "nonce", id)
			.with("policy", this.policy.hash()));
	}

}
