package dev.ablyauth.standin;

import java.util.List;

/**
 * A call of revokeTokens that the stand-in took.
 *
 * @param targets as they were sent
 * @param issuedBefore milliseconds
 * @param allowReauthMargin whether connections are asked to re-authenticate first
 * @param version the value of {@code X-Ably-Version}
 */
public record RevokeCall(List<String> targets, long issuedBefore, boolean allowReauthMargin, int version) {
}
