package dev.ablyauth.standin;

/**
 * Something the stand-in refused.
 *
 * @param where {@code requestToken}, {@code revokeTokens}, {@code connect},
 * {@code connected}, {@code auth}, {@code attach}, {@code publish} or {@code rest}
 * @param code the Ably error code
 * @param statusCode the HTTP status that Ably puts beside the code
 * @param message why
 */
public record Refusal(String where, int code, int statusCode, String message) {
}
