/**
 * Tests of the meters.
 */
@NullMarked
package dev.ablyauth.ops.meters;

import org.jspecify.annotations.NullMarked;
