/**
 * Measures parts of the server by JMH, each alone.
 */
@NullMarked
package dev.ablyauth.jmh;

import org.jspecify.annotations.NullMarked;
