/**
 * Where audit lines end up.
 */
@NullMarked
package dev.ablyauth.audit;

import org.jspecify.annotations.NullMarked;
