package dev.ablyauth.revocation;

import java.time.Duration;

import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.TokenRevoker;
import org.jspecify.annotations.Nullable;

/**
 * A key of which tokens may be out.
 *
 * @param name the public part of the key
 * @param longest how long a token of it lives at most
 * @param revoker revokes its tokens, or null if they cannot be revoked
 */
public record TokenKey(KeyName name, Duration longest, @Nullable TokenRevoker revoker) {
}
