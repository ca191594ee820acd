/**
 * Measures what one decision of a policy costs. It stands in the package of the policy,
 * because the plain loop is made of its parts.
 */
@NullMarked
package dev.ablyauth.policy;

import org.jspecify.annotations.NullMarked;
