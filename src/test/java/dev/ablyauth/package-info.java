/**
 * Tests of the server as a whole.
 */
@NullMarked
package dev.ablyauth;

import org.jspecify.annotations.NullMarked;
