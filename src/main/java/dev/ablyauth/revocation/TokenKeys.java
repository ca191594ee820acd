package dev.ablyauth.revocation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.TokenRevoker;

/**
 * The keys of which tokens may be out, as they are now: keys can be replaced while the
 * server runs.
 */
@FunctionalInterface
public interface TokenKeys {

	/**
	 * Returns the keys.
	 * @return all of them, at this moment
	 */
	List<TokenKey> current();

	/**
	 * Returns what revokes.
	 * @return by the key whose tokens it revokes, perhaps nothing
	 */
	default Map<KeyName, TokenRevoker> revokers() {
		Map<KeyName, TokenRevoker> revokers = new LinkedHashMap<>();
		current().forEach((key) -> {
			if (key.revoker() != null) {
				revokers.put(key.name(), key.revoker());
			}
		});
		return revokers;
	}

}
