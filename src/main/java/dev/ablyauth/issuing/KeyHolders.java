package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.policy.Format;
import dev.ablyauth.policy.Lifetime;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the key that signs for a client. A connection has to renew with the key that it
 * began with, so while an old key drains, those who have it get it again. Source: Ably
 * docs, platform/errors/codes/40102; whether Ably does refuse another key of the same app
 * was not tried.
 */
final class KeyHolders implements AutoCloseable {

	/** Ably makes a token of a TokenRequest so much later. */
	private static final Duration REDEEMED_WITHIN = Duration.ofMinutes(2);

	private final @Nullable KeyMemory memory;

	private final Duration shortest;

	/**
	 * Creates it.
	 * @param memory who has which key, or null where that can make no difference
	 * @param minTtl the shortest life of a token
	 */
	KeyHolders(@Nullable KeyMemory memory, Duration minTtl) {
		this.memory = memory;
		this.shortest = minTtl.plus(REDEEMED_WITHIN);
	}

	/**
	 * Chooses. A key that has too little time left for a token is over.
	 * @param ring all keys
	 * @param client who is to have the token
	 * @param hint the key that the client says it has, or null
	 */
	ChosenKey choose(KeyRing ring, ClientId client, @Nullable KeyName hint, Instant now) {
		Capability capability = capability(ring, now);
		List<SigningKey> draining = ring.draining(now.plus(this.shortest));
		Lifetime byAbly = ring.signing().longest();
		if (!draining.isEmpty()) {
			for (SigningKey old : draining) {
				byAbly = old.revocable() ? old.longest() : byAbly;
			}
			KeyName held = hinted(ring, draining, hint) ? hint : remembered(client, ring.signing().name().appId());
			for (SigningKey old : draining) {
				if (old.name().equals(held)) {
					return new ChosenKey(old, capability, byAbly, Objects.requireNonNull(old.drainUntil()));
				}
			}
		}
		return new ChosenKey(ring.signing(), capability, byAbly, AppUser.NO_END);
	}

	/** Returns what the keys that sign now allow. */
	Capability capability(KeyRing ring, Instant now) {
		return ring.capability(now.plus(this.shortest));
	}

	/**
	 * A hint of anything but a key that signs is none. Nobody chooses tokens that cannot
	 * be revoked where newcomers get such that can.
	 */
	private static boolean hinted(KeyRing ring, List<SigningKey> draining, @Nullable KeyName hint) {
		return ring.signing().name().equals(hint) || draining.stream()
			.anyMatch((old) -> old.name().equals(hint) && (old.revocable() || !ring.signing().revocable()));
	}

	private @Nullable KeyName remembered(ClientId client, String app) {
		return Optional.ofNullable(this.memory).flatMap((known) -> known.of(client, app)).orElse(null);
	}

	/** Remembers that a client has a token. */
	void issued(Decision decision, Instant expires, Instant now) {
		Instant ends = (decision.format() == Format.TOKEN_REQUEST) ? expires.plus(REDEEMED_WITHIN) : expires;
		decision.key().tokens().issued(ends);
		if (this.memory != null) {
			this.memory.remember(decision.grant().clientId(), decision.key().name(), Duration.between(now, ends));
		}
	}

	/** Whether what all instances remember together could not be asked the last time. */
	boolean isFailing() {
		return this.memory != null && this.memory.isFailing();
	}

	@Override
	public void close() {
		if (this.memory != null) {
			this.memory.close();
		}
	}

}
