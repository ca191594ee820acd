package dev.ablyauth.web;

import java.io.IOException;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.AppUser;
import dev.ablyauth.session.Sessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who is asking, for each request anew. A bearer that a session kind knows wins
 * over a cookie that the browser added by itself; a credential of no kind is as good as
 * none.
 */
final class SessionFilter extends OncePerRequestFilter {

	private final Sessions sessions;

	private final Origins origins;

	private final CallLimits limits;

	private final ClientAddresses addresses;

	private final Refusals refusals;

	SessionFilter(Sessions sessions, Origins origins, CallLimits limits, ClientAddresses addresses, Refusals refusals) {
		this.sessions = sessions;
		this.origins = origins;
		this.limits = limits;
		this.addresses = addresses;
		this.refusals = refusals;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			this.limits.call(this.addresses.of(request));
			SecurityContextHolder.setContext(new SecurityContextImpl(new AppUserAuthentication(user(request))));
		}
		catch (Refused refused) {
			this.refusals.refuse(request, response, null, refused);
			return;
		}
		chain.doFilter(request, response);
	}

	private AppUser user(HttpServletRequest request) {
		return this.sessions.user(new ServletCredentials(request, this.origins))
			.orElseThrow(() -> new Refused(Reason.NO_SESSION, "No session of the app came with the request."));
	}

}
