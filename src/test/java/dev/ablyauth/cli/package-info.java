/**
 * Tests of the command line.
 */
@NullMarked
package dev.ablyauth.cli;

import org.jspecify.annotations.NullMarked;
