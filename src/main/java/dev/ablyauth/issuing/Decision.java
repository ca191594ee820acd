package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;

import dev.ablyauth.ably.AblyJwt;
import dev.ablyauth.ably.Nonce;
import dev.ablyauth.policy.Format;
import dev.ablyauth.policy.Grant;
import dev.ablyauth.policy.Lifetime;
import org.jspecify.annotations.Nullable;

/**
 * What one request is to get, before it is sealed.
 *
 * @param grant what the policy and the key leave
 * @param key the key that signs
 * @param longest how long the token may live, and who says so
 * @param lifetime how long it will live, with its share of the spread
 * @param format what it will be
 * @param id used once
 * @param jwt the JWT, whose size decides on the format, or null if it will be none
 * @param expires when it ends
 * @param early how long it is kept back
 */
record Decision(Grant grant, SigningKey key, Lifetime longest, Duration lifetime, Format format, Nonce id,
		@Nullable AblyJwt jwt, Instant expires, Duration early) {

}
