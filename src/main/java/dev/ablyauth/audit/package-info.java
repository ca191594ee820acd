/**
 * One record per decision: who, why, what and until when, never a token and never a
 * secret.
 */
@NullMarked
package dev.ablyauth.audit;

import org.jspecify.annotations.NullMarked;
