/**
 * Ably's own SDKs, unmodified, against the server and a stand-in for Ably.
 */
@NullMarked
package dev.ablyauth.sdk;

import org.jspecify.annotations.NullMarked;
