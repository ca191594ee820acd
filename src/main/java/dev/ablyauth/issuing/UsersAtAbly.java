package dev.ablyauth.issuing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.policy.Policy;
import dev.ablyauth.revocation.ClientIdsOfUsers;
import org.jspecify.annotations.Nullable;

/**
 * Who users are to Ably by the policy in use, and by the policies before it whose tokens
 * may still be out. A restart forgets those.
 */
final class UsersAtAbly implements ClientIdsOfUsers {

	/** So many policies with other clientIds are remembered, the newest. */
	static final int MOST = 8;

	private final Duration longest;

	private final Clock clock;

	private @Nullable Policy current;

	private List<Former> formers = List.of();

	/**
	 * Creates it.
	 * @param longest how long a token may live
	 */
	UsersAtAbly(Duration longest, Clock clock) {
		this.longest = longest;
		this.clock = clock;
	}

	/** Takes the next policy. */
	synchronized void follow(Policy next) {
		Policy last = this.current;
		this.current = next;
		if (last != null && !last.hasClientIdsOf(next)) {
			List<Former> those = new ArrayList<>(living());
			those.removeIf((former) -> former.policy().hasClientIdsOf(last));
			those.add(0, new Former(last, this.clock.instant().plus(this.longest)));
			this.formers = List.copyOf(those.subList(0, Math.min(those.size(), MOST)));
		}
	}

	private List<Former> living() {
		Instant now = this.clock.instant();
		return this.formers.stream().filter((former) -> now.isBefore(former.end())).toList();
	}

	@Override
	public synchronized List<Optional<ClientId>> of(String id) {
		Set<Optional<ClientId>> ids = new LinkedHashSet<>();
		Stream.concat(Stream.ofNullable(this.current), living().stream().map(Former::policy)).forEach((policy) -> {
			ids.add(policy.clientIdOf(id));
			if (policy.allowsWildcard()) {
				ids.add(Optional.empty());
			}
		});
		return List.copyOf(ids);
	}

	/**
	 * A policy that was replaced.
	 *
	 * @param policy the policy
	 * @param end when its last token has ended
	 */
	private record Former(Policy policy, Instant end) {

	}

}
