package dev.ablyauth.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * Who is asking: tries all session kinds that the settings name, in their fixed order.
 * What a client sends on purpose wins over what a browser added by itself. Guests come
 * last, except that a bearer which says that it is a guest token is theirs alone and is
 * shown to nobody else.
 */
public final class Sessions implements AutoCloseable {

	private final List<SessionKind> kinds;

	private final Guests guests;

	Sessions(List<SessionKind> kinds, Guests guests) {
		this.kinds = List.copyOf(kinds);
		this.guests = guests;
	}

	/**
	 * Asks who the user is.
	 * @param credentials what came with the request
	 * @return the user, or empty if there is no credential that any kind knows
	 * @throws Refused if there is one and it is not valid, or nobody can tell at the
	 * moment; names the kind
	 */
	public Optional<AppUser> user(Credentials credentials) {
		return ask(this.guests, (kind) -> kind.ofHeaders(credentials)).or(() -> signedIn(credentials))
			.or(() -> ask(this.guests, (kind) -> kind.ofCookies(credentials)));
	}

	private Optional<AppUser> signedIn(Credentials credentials) {
		Credentials shown = this.guests.hiddenIn(credentials);
		return first((kind) -> kind.ofHeaders(shown)).or(() -> first((kind) -> kind.ofCookies(shown)))
			.map((user) -> this.guests.knownBefore(user, credentials));
	}

	private Optional<AppUser> first(Function<SessionKind, Optional<AppUser>> asking) {
		for (SessionKind kind : this.kinds) {
			Optional<AppUser> user = ask(kind, asking);
			if (user.isPresent()) {
				return user;
			}
		}
		return Optional.empty();
	}

	private static Optional<AppUser> ask(SessionKind kind, Function<SessionKind, Optional<AppUser>> asking) {
		try {
			return asking.apply(kind);
		}
		catch (Refused refused) {
			// A request that cannot be read is nobody's session.
			throw (refused.reason() == Reason.INVALID_REQUEST) ? refused : refused.of(kind.name());
		}
	}

	/**
	 * Tries the kinds that ask somebody else, with credentials that nobody has.
	 * @return what came of it
	 */
	public List<SessionTrial> trials() {
		return this.kinds.stream().flatMap((kind) -> kind.trials().stream()).toList();
	}

	/**
	 * Names all whom the kinds ask while users wait.
	 * @return none where nobody is asked
	 */
	public List<SessionSource> sources() {
		return this.kinds.stream().flatMap((kind) -> kind.sources().stream()).toList();
	}

	/**
	 * Closes what the kinds have open.
	 */
	@Override
	public void close() {
		this.kinds.forEach(SessionKind::close);
	}

}
