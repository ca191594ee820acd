/**
 * Counts and measures for Micrometer, by labels that have few values and name nobody.
 */
@NullMarked
package dev.ablyauth.ops.meters;

import org.jspecify.annotations.NullMarked;
