package dev.ablyauth.revocation;

import java.time.Instant;

import dev.ablyauth.ably.RevocationFailure;
import org.jspecify.annotations.Nullable;

/**
 * How far the revocation of one target has come.
 */
public sealed interface Progress {

	/**
	 * Ably has revoked the tokens.
	 *
	 * @param appliesAt from when on it refuses them
	 */
	record Revoked(Instant appliesAt) implements Progress {

	}

	/**
	 * It is sent until Ably has taken it.
	 *
	 * @param tries how often it was sent
	 * @param lastFailure why that was not enough, or null if it was not sent yet
	 * @param nextTry when it is sent again, or for the first time
	 */
	record OnItsWay(int tries, @Nullable RevocationFailure lastFailure, Instant nextTry) implements Progress {

	}

	/**
	 * Ably cannot or does not revoke tokens of this key, so those that are out live on.
	 *
	 * @param livesUntil when the last of them has ended
	 * @param reason what Ably has said, or null if it was not asked; without a code also
	 * that no server has the key any more or may revoke with it
	 * @param code Ably's code, or 0
	 */
	record NotRevoked(Instant livesUntil, @Nullable RevocationFailure reason, int code) implements Progress {

	}

	/**
	 * The target is nothing to Ably, so tokens that are out live on.
	 *
	 * @param livesUntil when the last of them has ended
	 */
	record NothingToRevoke(Instant livesUntil) implements Progress {

	}

	/**
	 * Ably could not be reached for so long that the tokens end by themselves.
	 *
	 * @param endedAt when the last of them has
	 */
	record GivenUp(Instant endedAt) implements Progress {

	}

	/**
	 * A repeat whose denial was ended before.
	 */
	record CalledOff() implements Progress {

	}

}
