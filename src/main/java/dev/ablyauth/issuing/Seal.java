package dev.ablyauth.issuing;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

import dev.ablyauth.ably.AblyToken;
import dev.ablyauth.ably.Credential;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.TokenParams;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.ably.TokenRequestSigner;
import dev.ablyauth.policy.Grant;

/**
 * Makes a credential of a decision.
 */
final class Seal {

	/** Leaves room under the 128 KiB that the SDKs take. Spec: RSA4f. */
	private static final int MAX_TOKEN_REQUEST = 100_000;

	private final Function<TokenRequest, AblyToken> redeem;

	private final TokenRequestSigner signer = new TokenRequestSigner();

	/**
	 * Creates it.
	 * @param redeem asks Ably for an opaque token
	 */
	Seal(Function<TokenRequest, AblyToken> redeem) {
		this.redeem = redeem;
	}

	/**
	 * Seals.
	 * @param ablyNow the time of a TokenRequest, which Ably takes for two minutes
	 * @throws Refused if it is too long, or if Ably has to be asked and gives nothing
	 */
	Credential seal(Decision decision, Instant ablyNow) {
		return switch (decision.format()) {
			case JWT -> Objects.requireNonNull(decision.jwt());
			case TOKEN_REQUEST -> tokenRequest(decision, ablyNow);
			case ABLY_TOKEN -> this.redeem.apply(tokenRequest(decision, ablyNow));
		};
	}

	private TokenRequest tokenRequest(Decision decision, Instant ablyNow) {
		Grant grant = decision.grant();
		if (grant.capability().text().length() > MAX_TOKEN_REQUEST) {
			throw new Refused(Reason.TOKEN_TOO_LONG, "The capability has more than " + MAX_TOKEN_REQUEST
					+ " characters, which the SDKs do not take; ask for fewer resources.");
		}
		return this.signer.sign(decision.key().key(),
				new TokenParams(decision.lifetime(), grant.capability(), grant.clientId(), ablyNow, decision.id()));
	}

}
