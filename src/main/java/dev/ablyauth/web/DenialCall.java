package dev.ablyauth.web;

import java.util.ArrayList;
import java.util.List;

import dev.ablyauth.revocation.DenialWish;
import dev.ablyauth.revocation.Target;

/**
 * What an admin asks for who denies somebody.
 *
 * @param wish the denial
 * @param revoke whether tokens that are out are revoked at Ably too
 * @param clientIds whose tokens, beside those of the target
 */
record DenialCall(DenialWish wish, boolean revoke, List<Target> clientIds) {

	/** What makes another call with the same key another call. */
	List<String> what() {
		List<String> what = new ArrayList<>(List.of(AdminTargets.line(this.wish.target()), this.wish.reason(),
				String.valueOf(this.wish.until()), String.valueOf(this.revoke)));
		this.clientIds.forEach((clientId) -> what.add(AdminTargets.line(clientId)));
		return what;
	}

}
