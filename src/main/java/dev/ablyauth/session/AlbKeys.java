package dev.ablyauth.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the load balancers of a region, which are not published together but each
 * at an address of its own. Each is kept as {@link RemoteKeys} keeps a whole set. Who
 * names keys that nobody has can cause 20 fetches in 30 seconds and hold up 64 requests;
 * a known key costs none, and nobody who has one waits.
 */
final class AlbKeys implements JWKSource<SecurityContext> {

	static final int MAX_TRIED = 20;

	private static final int MAX_KNOWN = 64;

	private static final int MAX_WAITING = 64;

	private static final int KNOWN_CAPACITY = 2 * MAX_KNOWN;

	private static final float LOAD_FACTOR = 0.75f;

	/** It becomes part of an address, so it has no dot, no slash and no percent sign. */
	private static final Pattern KID = Pattern.compile("[A-Za-z0-9-]{1,64}");

	private final Function<String, RemoteKeys> byKid;

	private final Clock clock;

	private final Map<String, RemoteKeys> known = Collections
		.synchronizedMap(new LinkedHashMap<>(KNOWN_CAPACITY, LOAD_FACTOR, true) {
			@Override
			protected boolean removeEldestEntry(Map.Entry<String, RemoteKeys> eldest) {
				return size() > MAX_KNOWN;
			}
		});

	private final Map<String, Tried> tried = new LinkedHashMap<>();

	private final Semaphore waiting = new Semaphore(MAX_WAITING);

	/**
	 * Creates a source of keys, which has none yet.
	 * @param byKid makes what fetches the key of one id
	 */
	AlbKeys(Function<String, RemoteKeys> byKid, Clock clock) {
		this.byKid = byKid;
		this.clock = clock;
	}

	@Override
	public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
		Set<String> kids = selector.getMatcher().getKeyIDs();
		String kid = (kids != null) ? kids.iterator().next() : "";
		if (!KID.matcher(kid).matches()) {
			return List.of();
		}
		RemoteKeys keys = this.known.get(kid);
		return (keys != null) ? keys.get(selector, context) : firstTime(kid, selector);
	}

	private List<JWK> firstTime(String kid, JWKSelector selector) throws KeySourceException {
		RemoteKeys keys = toTry(kid);
		if (!this.waiting.tryAcquire()) {
			throw new JWKSetUnavailableException("too many wait for unknown keys");
		}
		try {
			List<JWK> found = keys.get(selector, null);
			if (!found.isEmpty()) {
				this.known.put(kid, keys);
			}
			return found;
		}
		finally {
			this.waiting.release();
		}
	}

	/**
	 * Takes one of the places for unknown ids, which is free again after 30 seconds.
	 * Until then {@link RemoteKeys} does not fetch twice.
	 */
	private RemoteKeys toTry(String kid) throws JWKSetUnavailableException {
		Instant now = this.clock.instant();
		synchronized (this.tried) {
			Iterator<Tried> places = this.tried.values().iterator();
			while (places.hasNext()) {
				if (!places.next().isRecent(now)) {
					places.remove();
				}
			}
			Tried last = this.tried.get(kid);
			if (last != null) {
				return last.keys();
			}
			if (this.tried.size() >= MAX_TRIED) {
				throw new JWKSetUnavailableException("too many unknown keys");
			}
			RemoteKeys keys = this.byKid.apply(kid);
			this.tried.put(kid, new Tried(keys, now));
			return keys;
		}
	}

	/**
	 * Asks anew for every key that is known; the one that was taken away is gone then.
	 */
	void refresh() {
		List<RemoteKeys> all;
		synchronized (this.known) {
			all = new ArrayList<>(this.known.values());
		}
		all.forEach(RemoteKeys::refresh);
	}

	/**
	 * An id that was unknown a moment ago.
	 *
	 * @param keys what fetches its key
	 * @param at when it was first named
	 */
	private record Tried(RemoteKeys keys, Instant at) {

		boolean isRecent(Instant now) {
			return Duration.between(this.at, now).abs().compareTo(RemoteKeys.MIN_INTERVAL) < 0;
		}
	}

}
