package dev.ablyauth.revocation;

import java.util.List;
import java.util.Optional;

import dev.ablyauth.ably.ClientId;

/**
 * Who users and guests are to Ably, which the policy decides.
 */
@FunctionalInterface
public interface ClientIdsOfUsers {

	/**
	 * Finds who somebody is to Ably, by all tokens that may be out.
	 * @param id of a user or a guest
	 * @return each clientId once, and an empty one where tokens may have one that the id
	 * does not tell; never an empty list
	 */
	List<Optional<ClientId>> of(String id);

}
