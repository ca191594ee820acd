/**
 * Tests of the calls to Ably.
 */
@NullMarked
package dev.ablyauth.rest;

import org.jspecify.annotations.NullMarked;
