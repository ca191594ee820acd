package dev.ablyauth.issuing;

import java.time.Instant;
import java.util.List;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.RevocationKey;
import dev.ablyauth.policy.Grant;
import dev.ablyauth.revocation.DenyListSnapshot;
import dev.ablyauth.revocation.Target;
import dev.ablyauth.session.AppUser;

/**
 * Asks the deny-list about one request. Both questions go to the same list, whatever
 * changes between them.
 *
 * @param list as it was when the request came
 * @param now the time of the request
 */
record DenyCheck(DenyListSnapshot list, Instant now) {

	/** How the app's tokens name a session: OpenID Connect, and the id of the token. */
	private static final List<String> SESSION_CLAIMS = List.of("sid", "jti");

	/**
	 * Asks before the policy does.
	 * @throws Refused if the person, the session, the guest or the address is denied
	 */
	void person(AppUser user, String address) {
		refuse(Target.Kind.USER_ID, user.id());
		for (String claim : SESSION_CLAIMS) {
			if (user.claims().get(claim) instanceof String session) {
				refuse(Target.Kind.SESSION_ID, session);
			}
		}
		if (user.guest()) {
			refuse(Target.Kind.GUEST_ID, user.id());
		}
		refuse(Target.Kind.ADDRESS, address);
	}

	/**
	 * Asks when it is known who the user would be to Ably.
	 * @throws Refused if the clientId or the revocation key is denied
	 */
	Grant grant(Grant grant) {
		refuse(Target.Kind.CLIENT_ID, grant.clientId().value());
		RevocationKey key = grant.features().revocationKey();
		if (key != null) {
			refuse(Target.Kind.REVOCATION_KEY, key.value());
		}
		return grant;
	}

	private void refuse(Target.Kind kind, String value) {
		this.list.find(kind, value, this.now).ifPresent((denial) -> {
			throw Refused.denied(denial.toString());
		});
	}

}
