/**
 * Tests of who is asking, with tokens and key servers that are made here.
 */
@NullMarked
package dev.ablyauth.session;

import org.jspecify.annotations.NullMarked;
