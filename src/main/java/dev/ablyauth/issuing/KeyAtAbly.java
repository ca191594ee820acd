package dev.ablyauth.issuing;

import java.util.function.Supplier;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.TokenRevoker;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of Ably with a key. Nothing is asked before somebody does.
 *
 * @param revoker revokes its tokens, or null if they cannot be revoked
 * @param capability asks what the key may do
 */
record KeyAtAbly(@Nullable TokenRevoker revoker, Supplier<Capability> capability) {
}
