/**
 * Tells operations how the server is: health for a person, figures for a machine.
 */
@NullMarked
package dev.ablyauth.ops;

import org.jspecify.annotations.NullMarked;
