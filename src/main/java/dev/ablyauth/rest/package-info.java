/**
 * Asks Ably's REST API by ably-java, within bounds, and trusts nothing of the answers.
 */
@NullMarked
package dev.ablyauth.rest;

import org.jspecify.annotations.NullMarked;
