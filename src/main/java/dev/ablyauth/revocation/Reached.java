package dev.ablyauth.revocation;

/**
 * What is known.
 *
 * @param changes the last change of the deny-list that is in the copy
 * @param revocations the last number of which the second is in memory
 */
record Reached(long changes, long revocations) {
}
