/**
 * What operations are told.
 */
@NullMarked
package dev.ablyauth.ops;

import org.jspecify.annotations.NullMarked;
