package dev.ablyauth.standin;

import java.time.Instant;

/**
 * A token whose every check has passed.
 *
 * @param credential what a test may see of it
 * @param capability what it allows within the key
 * @param expires when it ends
 */
record VerifiedToken(Credential credential, StandInCapability capability, Instant expires) {
}
