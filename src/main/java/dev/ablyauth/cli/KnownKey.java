package dev.ablyauth.cli;

import dev.ablyauth.ably.ApiKey;
import dev.ablyauth.ably.Capability;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the API key that a token should come from.
 *
 * @param key name and secret, or null if there is none at hand
 * @param capability what the key itself may do, or null if that is not known
 * @param hasRevocableTokens whether revocable tokens are switched on for it
 */
record KnownKey(@Nullable ApiKey key, @Nullable Capability capability, boolean hasRevocableTokens) {
}
