package dev.ablyauth.rest;

/**
 * Says whether this process asks for Ably's time by itself, which the server does. A
 * command asks when it needs it.
 *
 * @param always from the start on, again and again
 */
public record AsksAblysTime(boolean always) {
}
