/**
 * A stand-in for Ably on loopback, and drivers of the real Ably SDKs, for tests only.
 */
@NullMarked
package dev.ablyauth.standin;

import org.jspecify.annotations.NullMarked;
