/**
 * The rooms inside of an app that signs its users in by itself.
 */
@NullMarked
package dev.ablyauth.embedded;

import org.jspecify.annotations.NullMarked;
