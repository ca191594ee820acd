package dev.ablyauth.revocation;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.RevocationKey;
import dev.ablyauth.ably.TargetSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * What a target is to Ably, which knows clientIds and revocation keys and nothing else.
 *
 * @param users knows the clientIds of users and guests
 */
record TargetSpecifiers(ClientIdsOfUsers users) {

	/** Returns what Ably can revoke, or null if it can revoke nothing for this target. */
	@Nullable TargetSpecifier of(Target target) {
		return switch (target.kind()) {
			case CLIENT_ID -> TargetSpecifier.of(ClientId.of(target.value()));
			case REVOCATION_KEY -> TargetSpecifier.of(new RevocationKey(target.value()));
			case USER_ID, GUEST_ID -> this.users.of(target.value()).map(TargetSpecifier::of).orElse(null);
			case SESSION_ID, ADDRESS -> null;
		};
	}

}
