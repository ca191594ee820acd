package dev.ablyauth.revocation;

import java.util.List;
import java.util.Optional;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.RevocationKey;
import dev.ablyauth.ably.TargetSpecifier;

/**
 * What a target is to Ably, which knows clientIds and revocation keys and nothing else.
 *
 * @param users knows the clientIds of users and guests
 */
record TargetSpecifiers(ClientIdsOfUsers users) {

	/**
	 * Returns what Ably can revoke, and an empty one where there may be tokens that it
	 * cannot be told of.
	 */
	List<Optional<TargetSpecifier>> of(Target target) {
		return switch (target.kind()) {
			case CLIENT_ID -> List.of(Optional.of(TargetSpecifier.of(ClientId.of(target.value()))));
			case REVOCATION_KEY -> List.of(Optional.of(TargetSpecifier.of(new RevocationKey(target.value()))));
			case USER_ID, GUEST_ID ->
				this.users.of(target.value()).stream().map((id) -> id.map(TargetSpecifier::of)).toList();
			case SESSION_ID, ADDRESS -> List.of(Optional.empty());
		};
	}

}
