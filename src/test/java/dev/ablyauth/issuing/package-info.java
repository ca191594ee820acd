/**
 * Tests of the issuer.
 */
@NullMarked
package dev.ablyauth.issuing;

import org.jspecify.annotations.NullMarked;
