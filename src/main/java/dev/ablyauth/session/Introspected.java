package dev.ablyauth.session;

import java.util.Optional;

import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What a provider said of a token: that it is nobody's, or whose it is, or something that
 * makes nobody a user.
 *
 * @param user whose token it is
 * @param refusal why its bearer is no user although the token is active
 */
record Introspected(@Nullable AppUser user, @Nullable Refused refusal) {

	/** No token of this provider, or one that is over. RFC 7662 2.2. */
	static final Introspected INACTIVE = new Introspected(null, null);

	static Introspected of(AppUser user) {
		return new Introspected(user, null);
	}

	static Introspected refused(Refused refusal) {
		return new Introspected(null, refusal);
	}

	/** Whether the provider says that the token is one of its own. */
	boolean active() {
		return this.user != null || this.refusal != null;
	}

	/** The user; empty if the token is not active. */
	Optional<AppUser> orRefuse() {
		if (this.refusal != null) {
			throw this.refusal;
		}
		return Optional.ofNullable(this.user);
	}

	@Override
	public String toString() {
		return "Introspected(" + (active() ? "active" : "inactive") + ")";
	}

}
