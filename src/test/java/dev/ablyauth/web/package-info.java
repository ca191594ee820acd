/**
 * Tests of the doors, from outside.
 */
@NullMarked
package dev.ablyauth.web;

import org.jspecify.annotations.NullMarked;
