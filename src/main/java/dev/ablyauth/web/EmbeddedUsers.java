package dev.ablyauth.web;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import dev.ablyauth.session.AppUser;
import dev.ablyauth.session.AppUsers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Whoever is in the security context of the app. No token outlives the HTTP session that
 * the app keeps for the user.
 */
final class EmbeddedUsers implements CurrentUser {

	private final AppUsers users;

	private final Clock clock;

	EmbeddedUsers(AppUsers users, Clock clock) {
		this.users = users;
		this.clock = clock;
	}

	@Override
	public Optional<AppUser> of(HttpServletRequest request) {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication == null || !authentication.isAuthenticated()
				|| authentication instanceof AnonymousAuthenticationToken) {
			return Optional.empty();
		}
		return this.users.of(authentication).map((user) -> user.until(sessionEnd(request)));
	}

	/** Each request, so this one too, gives the session its full time anew. */
	private Instant sessionEnd(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		return (session != null && session.getMaxInactiveInterval() > 0)
				? this.clock.instant().plusSeconds(session.getMaxInactiveInterval()) : AppUser.NO_END;
	}

}
