/**
 * What must hold for any input: each target runs on its seeds with the other tests, and
 * is fuzzed for a minute by the profile {@code long}.
 */
@NullMarked
package dev.ablyauth.fuzz;

import org.jspecify.annotations.NullMarked;
