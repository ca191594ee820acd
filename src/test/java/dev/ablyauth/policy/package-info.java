/**
 * Tests of the policy.
 */
@NullMarked
package dev.ablyauth.policy;

import org.jspecify.annotations.NullMarked;
