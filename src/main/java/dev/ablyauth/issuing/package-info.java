/**
 * Turns a grant into a signed token: key, time, lifetime, format, size and audit. The
 * only caller of the signers.
 */
@NullMarked
package dev.ablyauth.issuing;

import org.jspecify.annotations.NullMarked;
