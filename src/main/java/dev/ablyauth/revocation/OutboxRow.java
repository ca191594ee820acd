package dev.ablyauth.revocation;

import dev.ablyauth.ably.TargetSpecifier;

/**
 * One target at one key that is to be sent.
 *
 * @param number of the revocation or repeat
 * @param place within it
 * @param target what is sent
 * @param tries how often it was sent before
 */
record OutboxRow(long number, int place, TargetSpecifier target, int tries) {
}
