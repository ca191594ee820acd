package dev.ablyauth.policy;

import java.time.Instant;

/**
 * What a condition may know of the request.
 *
 * @param address where it came from, the client's own as far as trusted proxies tell
 * @param origin the page's origin, or an empty text
 * @param now the time of the decision
 */
public record RequestFacts(String address, String origin, Instant now) {
}
