package dev.ablyauth.policy;

/**
 * Something wrong inside a text of the file.
 *
 * @param index of the character where it begins
 * @param message what was found and what was expected
 */
record Flaw(int index, String message) {
}
