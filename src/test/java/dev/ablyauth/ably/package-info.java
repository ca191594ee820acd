/**
 * Tests of Ably's language, against vectors and libraries that are not ours.
 */
@NullMarked
package dev.ablyauth.ably;

import org.jspecify.annotations.NullMarked;
