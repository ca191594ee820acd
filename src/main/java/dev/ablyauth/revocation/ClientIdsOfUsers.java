package dev.ablyauth.revocation;

import java.util.Optional;

import dev.ablyauth.ably.ClientId;

/**
 * Who users and guests are to Ably, which the policy decides.
 */
@FunctionalInterface
public interface ClientIdsOfUsers {

	/**
	 * Finds who somebody is to Ably.
	 * @param id of a user or a guest
	 * @return the clientId, or empty if it depends on more than the id
	 */
	Optional<ClientId> of(String id);

}
