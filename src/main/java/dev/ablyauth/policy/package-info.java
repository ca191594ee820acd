/**
 * What may they have: one file of rules, read and checked once, asked for every token.
 */
@NullMarked
package dev.ablyauth.policy;

import org.jspecify.annotations.NullMarked;
