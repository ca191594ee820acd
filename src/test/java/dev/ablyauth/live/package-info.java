/**
 * An app at Ably for tests: at its sandbox, where that is asked for, else at the
 * stand-in.
 */
@NullMarked
package dev.ablyauth.live;

import org.jspecify.annotations.NullMarked;
