package dev.ablyauth.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.IssuedBefore;
import dev.ablyauth.ably.RecentRevocations;
import dev.ablyauth.ably.RevocationKey;
import dev.ablyauth.ably.TargetSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * The revocations of the last hour, of all instances, in memory. Older ones make no
 * difference to a token of now.
 */
final class RecentSeconds implements RecentRevocations {

	static final Duration KEPT = Duration.ofHours(1);

	/** More in an hour push the oldest out, which are no matter after half a minute. */
	static final int MOST = 200_000;

	private final Deque<Entry> entries = new ArrayDeque<>();

	private volatile Snapshot current = new Snapshot(new PartedMap<>(), new PartedMap<>());

	@Override
	public Known known() {
		return this.current;
	}

	/** Adds revocations, and forgets what is over. */
	synchronized void add(List<Entry> more, Instant ablyNow) {
		Snapshot before = this.current;
		Map<TargetSpecifier.Kind, PartedMap<IssuedBefore>.Change> changes = new EnumMap<>(TargetSpecifier.Kind.class);
		changes.put(TargetSpecifier.Kind.CLIENT_ID, before.clientIds().change());
		changes.put(TargetSpecifier.Kind.REVOCATION_KEY, before.revocationKeys().change());
		for (Entry entry : more) {
			this.entries.add(entry);
			of(changes, entry).compute(entry.target().value(), (same, known) -> later(known, entry.second()));
		}
		Instant longAgo = ablyNow.minus(KEPT);
		for (Entry oldest = this.entries.peek(); oldest != null
				&& isOver(oldest, longAgo); oldest = this.entries.peek()) {
			Entry gone = this.entries.remove();
			of(changes, gone).compute(gone.target().value(),
					(same, known) -> gone.second().equals(known) ? null : known);
		}
		this.current = new Snapshot(of(changes, TargetSpecifier.Kind.CLIENT_ID).map(),
				of(changes, TargetSpecifier.Kind.REVOCATION_KEY).map());
	}

	private boolean isOver(Entry entry, Instant longAgo) {
		return this.entries.size() > MOST || entry.second().second().isBefore(longAgo);
	}

	private static PartedMap<IssuedBefore>.Change of(Map<TargetSpecifier.Kind, PartedMap<IssuedBefore>.Change> changes,
			Entry entry) {
		return of(changes, entry.target().kind());
	}

	private static PartedMap<IssuedBefore>.Change of(Map<TargetSpecifier.Kind, PartedMap<IssuedBefore>.Change> changes,
			TargetSpecifier.Kind kind) {
		return Objects.requireNonNull(changes.get(kind));
	}

	private static IssuedBefore later(@Nullable IssuedBefore one, IssuedBefore other) {
		return (one != null && one.compareTo(other) > 0) ? one : other;
	}

	int size() {
		return this.current.clientIds().size() + this.current.revocationKeys().size();
	}

	/**
	 * A revocation.
	 *
	 * @param target whose tokens
	 * @param second before which they were issued
	 */
	record Entry(TargetSpecifier target, IssuedBefore second) {
	}

	private record Snapshot(PartedMap<IssuedBefore> clientIds,
			PartedMap<IssuedBefore> revocationKeys) implements Known {

		@Override
		public @Nullable IssuedBefore latest(ClientId clientId, @Nullable RevocationKey revocationKey) {
			IssuedBefore ofClient = this.clientIds.get(clientId.value());
			IssuedBefore ofKey = (revocationKey != null) ? this.revocationKeys.get(revocationKey.value()) : null;
			if (ofKey == null) {
				return ofClient;
			}
			return later(ofClient, ofKey);
		}

	}

}
