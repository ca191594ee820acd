package dev.ablyauth.standin;

import tools.jackson.databind.JsonNode;

/**
 * An answer that was decided on, and not yet written.
 *
 * @param status the HTTP status
 * @param body the JSON
 */
record RestAnswer(int status, JsonNode body) {
}
