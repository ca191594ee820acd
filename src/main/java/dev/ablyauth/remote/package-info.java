/**
 * What the rooms need to ask others over the network without being held up by them: one
 * connection to Redis, a breaker, a log that does not repeat itself.
 */
@NullMarked
package dev.ablyauth.remote;

import org.jspecify.annotations.NullMarked;
