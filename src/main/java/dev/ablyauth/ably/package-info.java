/**
 * Ably's own language as values that cannot be wrong, and the two signers. Knows the JDK
 * alone, and neither Spring, nor a log, nor a clock.
 */
@NullMarked
package dev.ablyauth.ably;

import org.jspecify.annotations.NullMarked;
