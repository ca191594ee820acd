package dev.ablyauth.issuing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import dev.ablyauth.ably.ApiKey;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Operations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes rings of keys. What is known of a key stays with it, in whichever place of the
 * settings it is next.
 */
final class KeyRings {

	/** A revocation goes to each of them. */
	static final int MOST_FORMER = 20;

	/** Nothing is lost with a key whose tokens nobody can revoke. */
	private static final Comparator<FormerKey> LEAST_NEEDED = Comparator
		.comparing((FormerKey gone) -> gone.key().revocable())
		.thenComparing(FormerKey::until);

	private static final Logger LOGGER = LoggerFactory.getLogger(KeyRings.class);

	private final List<KeyProperties> settings;

	private final Operations operations;

	private final List<Capability> capabilities;

	private final BiFunction<String, Boolean, KeyAtAbly> ably;

	private final Duration late;

	private final Clock clock;

	/**
	 * Creates it.
	 * @param settings of the keys, without a problem
	 * @param operations what a capability may name
	 * @param ably what can be asked of Ably with a key, and whether that is to revoke
	 * @param late how long after a key was replaced a token of it can still come out
	 */
	KeyRings(List<KeyProperties> settings, Operations operations, BiFunction<String, Boolean, KeyAtAbly> ably,
			Duration late, Clock clock) {
		this.settings = settings;
		this.operations = operations;
		this.capabilities = settings.stream().map((key) -> key.ownCapability(operations)).toList();
		this.ably = ably;
		this.late = late;
		this.clock = clock;
	}

	/** Finds what is wrong with keys together, each without a problem. */
	List<String> problems(KeyReadings readings) {
		return new KeysTogether(this.settings, readings, this.operations).problems(this.clock.instant());
	}

	/**
	 * The first ring. Whoever ran before may have issued tokens with each of its keys.
	 */
	KeyRing first(KeyReadings readings) {
		List<SigningKey> places = new ArrayList<>();
		Map<KeyName, LivingTokens> tokens = new HashMap<>();
		for (int place = 0; place < this.settings.size(); place++) {
			places.add(key(place, readings.all().get(place), null, tokens, lastOfOthers(place)));
		}
		return new KeyRing(places, List.of());
	}

	/**
	 * The ring after another one.
	 * @param readings without a problem
	 * @param used what the other one was made of
	 */
	KeyRing next(KeyReadings readings, KeyReadings used, KeyRing before) {
		List<SigningKey> places = new ArrayList<>();
		Instant now = this.clock.instant();
		Map<KeyName, LivingTokens> tokens = new HashMap<>();
		before.known(now).forEach((key) -> tokens.put(key.name(), key.tokens()));
		signersOf(before, now).forEach((key) -> key.tokens().mayLiveUntil(now.plus(this.late)));
		for (int place = 0; place < this.settings.size(); place++) {
			KeyReading reading = readings.all().get(place);
			// One that comes to the first place while this runs is one that nobody has.
			Instant lastToken = (place == 0) ? Instant.EPOCH : lastOfOthers(place);
			places.add(reading.equals(used.all().get(place)) ? before.inPlace(place)
					: key(place, reading, before, tokens, lastToken));
		}
		return new KeyRing(places, former(places, before, now));
	}

	/** A request that began with one of them may issue its token a little later. */
	private static List<SigningKey> signersOf(KeyRing ring, Instant now) {
		List<SigningKey> signers = new ArrayList<>(ring.draining(now));
		signers.add(ring.signing());
		return signers;
	}

	/** When the last token has ended that others may have issued until now. */
	private Instant lastOfOthers(int place) {
		return this.clock.instant().plus(this.settings.get(place).longestTtl()).plus(this.late);
	}

	/**
	 * Those of before that are in no place any more. Another instance may have issued
	 * tokens with each of them, and may go on for a while.
	 */
	private List<FormerKey> former(List<SigningKey> places, KeyRing before, Instant now) {
		List<FormerKey> former = new ArrayList<>(before.former(now));
		before.keys()
			.forEach((key) -> former.add(new FormerKey(key, now.plus(key.longest().duration()).plus(this.late))));
		former.removeIf((gone) -> places.stream().anyMatch((key) -> key.name().equals(gone.key().name())));
		while (former.size() > MOST_FORMER) {
			FormerKey least = former.stream().min(LEAST_NEEDED).orElseThrow();
			former.remove(least);
			LOGGER.warn("More than {} keys were replaced within the life of their tokens: those of {} can no longer"
					+ " be revoked by this server", MOST_FORMER, least.key().name());
		}
		return former;
	}

	private SigningKey key(int place, KeyReading reading, @Nullable KeyRing before, Map<KeyName, LivingTokens> tokens,
			Instant lastToken) {
		KeyProperties set = this.settings.get(place);
		ApiKey key = reading.key();
		Capability configured = this.capabilities.get(place);
		SigningKey same = (before != null) ? before.named(key.name()).orElse(null) : null;
		return new SigningKey(key, (same != null) ? same.keyCapability().by(configured) : new KeyCapability(configured),
				set.revocableTokens(), set.drainUntil(), this.ably.apply(reading.text(), set.revocableTokens()),
				tokens.computeIfAbsent(key.name(), (name) -> new LivingTokens(lastToken)));
	}

}
