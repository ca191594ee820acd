package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.ablyauth.ably.AblyJwt;
import dev.ablyauth.ably.AblyJwtClaims;
import dev.ablyauth.ably.AblyJwtSigner;
import dev.ablyauth.ably.IssueTime;
import dev.ablyauth.ably.JwtFeatures;
import dev.ablyauth.ably.Nonce;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.RecentRevocations;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.policy.Format;
import dev.ablyauth.policy.Grant;
import dev.ablyauth.policy.Lifetime;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * Decides on lifetime, time and format of a token. A JWT is signed here, because its size
 * decides on the format.
 */
final class Decisions {

	private final TokenProperties settings;

	private final Lifetimes lifetimes;

	private final IssueTimes times;

	private final Nonces nonces;

	private final AblyJwtSigner signer = new AblyJwtSigner();

	Decisions(TokenProperties settings, Lifetimes lifetimes, IssueTimes times, Nonces nonces) {
		this.settings = settings;
		this.lifetimes = lifetimes;
		this.times = times;
		this.nonces = nonces;
	}

	/** Refuses a wish for a token that would be over before its renewal. */
	void checkWish(@Nullable Duration wished) {
		this.lifetimes.checkWish(wished);
	}

	/**
	 * Decides.
	 * @param granted what the policy gives
	 * @param chosen the key that signs
	 * @param known what was known of revocations before the policy was asked
	 * @throws Refused if there is no token for this user or in this form
	 */
	Decision decide(Grant granted, ChosenKey chosen, AppUser user, Asked asked, Instant now,
			RecentRevocations.Known known) {
		Grant grant = chosen.cut(granted);
		IssueTime time = this.times.of(grant, now, known);
		Instant begins = now.plus(time.early());
		Lifetime longest = this.lifetimes.longest(grant.lifetime(), chosen.longest(latest(begins, time.issuedAt())),
				begins, user.expires());
		Duration lifetime = this.lifetimes.spread(longest.duration());
		Format format = asked.choose(grant);
		Nonce id = this.nonces.next();
		if (format == Format.JWT) {
			Instant expires = time.issuedAt().plus(lifetime);
			AblyJwt jwt = this.signer.sign(chosen.key().key(), new AblyJwtClaims(time.issuedAt(), expires,
					grant.capability(), grant.clientId(), id, grant.features()));
			if (jwt.bytes() <= this.settings.maxBytes()) {
				return new Decision(grant, chosen.key(), longest, lifetime, format, id, jwt, expires, time.early());
			}
			format = shorter(asked, grant, jwt.bytes());
		}
		if (format == Format.TOKEN_REQUEST) {
			lifetime = this.lifetimes.ofTokenRequest(lifetime, now, earliest(user.expires(), chosen.until()));
		}
		Instant signedAt = now.truncatedTo(ChronoUnit.MILLIS);
		return new Decision(grant, chosen.key(), longest, lifetime, format, id, null, signedAt.plus(lifetime),
				time.early());
	}

	private static Instant latest(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private static Instant earliest(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
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

}
