/**
 * The dev mode: sample users and a page to try the server. In the source tree only; a
 * packaged jar has none of it.
 */
@NullMarked
package dev.ablyauth.devmode;

import org.jspecify.annotations.NullMarked;
