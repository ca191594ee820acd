/**
 * Tests of who is asking, with tokens and key servers that are made here.
 */
@NullMarked
package dev.ablyauth.remote;

import org.jspecify.annotations.NullMarked;
