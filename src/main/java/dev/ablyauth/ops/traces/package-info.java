/**
 * Keeps out of traces what clients send; they are off unless somebody switches them on.
 */
@NullMarked
package dev.ablyauth.ops.traces;

import org.jspecify.annotations.NullMarked;
