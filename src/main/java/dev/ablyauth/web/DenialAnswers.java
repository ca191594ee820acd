package dev.ablyauth.web;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;

import dev.ablyauth.revocation.Denial;
import dev.ablyauth.revocation.RevocationState;
import dev.ablyauth.revocation.Revocations;

/**
 * What is answered to whoever has denied somebody.
 */
final class DenialAnswers {

	private final Revocations revocations;

	private final Clock clock;

	DenialAnswers(Revocations revocations, Clock clock) {
		this.revocations = revocations;
		this.clock = clock;
	}

	/** A denial and its revocation, if there is one. */
	Map<String, Object> members(Revocations.Denied denied) {
		RevocationState revocation = denied.revocation();
		return (revocation != null) ? members(denied.denial(), revocation) : alone(denied.denial());
	}

	Map<String, Object> members(Denial denial, RevocationState revocation) {
		Map<String, Object> members = denial.members(this.clock.instant());
		members.put("revocation", revocation.members());
		return members;
	}

	/** With what becomes of the tokens that are out. */
	Map<String, Object> alone(Denial denial) {
		Map<String, Object> members = denial.members(this.clock.instant());
		Instant latest = this.revocations.tokensEndBy(denial);
		members.put("revocation",
				Map.of("state", "not-requested", "tokensEndBy", latest.toString(), "message",
						"No new token is issued. Tokens that are out are good until they expire, at most until "
								+ latest + "."));
		return members;
	}

}
