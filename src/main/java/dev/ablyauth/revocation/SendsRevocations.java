package dev.ablyauth.revocation;

/**
 * Whether this process sends revocations to Ably. A server does; a command ends too soon
 * to wait for Ably.
 *
 * @param here whether it does
 */
public record SendsRevocations(boolean here) {
}
