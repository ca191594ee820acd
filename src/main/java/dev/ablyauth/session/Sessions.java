package dev.ablyauth.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.ablyauth.ably.Refused;

/**
 * Who is asking: tries all session kinds that the settings name, in their fixed order.
 * What a client sends on purpose wins over what a browser added by itself.
 */
public final class Sessions implements AutoCloseable {

	private final List<SessionKind> kinds;

	Sessions(List<SessionKind> kinds) {
		this.kinds = List.copyOf(kinds);
	}

	/**
	 * Asks who the user is.
	 * @param credentials what came with the request
	 * @return the user, or empty if there is no credential that any kind knows
	 * @throws Refused if there is one and it is not valid, or nobody can tell at the
	 * moment; names the kind
	 */
	public Optional<AppUser> user(Credentials credentials) {
		return first((kind) -> kind.ofHeaders(credentials)).or(() -> first((kind) -> kind.ofCookies(credentials)));
	}

	private Optional<AppUser> first(Function<SessionKind, Optional<AppUser>> asking) {
		for (SessionKind kind : this.kinds) {
			try {
				Optional<AppUser> user = asking.apply(kind);
				if (user.isPresent()) {
					return user;
				}
			}
			catch (Refused refused) {
				throw refused.of(kind.name());
			}
		}
		return Optional.empty();
	}

	/**
	 * Closes what the kinds have open.
	 */
	@Override
	public void close() {
		this.kinds.forEach(SessionKind::close);
	}

}
