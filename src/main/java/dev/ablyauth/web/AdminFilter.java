package dev.ablyauth.web;

import java.io.IOException;
import java.util.Optional;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.issuing.DecisionListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who calls the admin door, by the bearer token alone: cookies, query and form
 * are not looked at.
 */
final class AdminFilter extends OncePerRequestFilter {

	private final AdminCallers callers;

	private final Buckets limit;

	private final DecisionListener listener;

	AdminFilter(AdminCallers callers, Buckets limit, DecisionListener listener) {
		this.callers = callers;
		this.limit = limit;
		this.listener = listener;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		AdminCaller caller;
		try {
			Optional<String> token = BearerToken.of(request);
			if (token.isEmpty()) {
				Problem.noToken().write(request, response);
				return;
			}
			caller = this.callers.find(token.get()).orElse(null);
			if (caller != null) {
				this.limit.take(caller.name(), "This admin token asks too often.");
			}
		}
		catch (Refused refused) {
			String reached = refused.limit();
			if (reached != null) {
				this.listener.limited(reached);
			}
			problem(refused).write(request, response);
			return;
		}
		if (caller == null) {
			Problem.invalidToken().write(request, response);
			return;
		}
		SecurityContextHolder.setContext(new SecurityContextImpl(new AdminAuthentication(caller)));
		chain.doFilter(request, response);
	}

	private static Problem problem(Refused refused) {
		return (refused.reason().status() == HttpStatus.BAD_REQUEST.value()) ? Problem.invalidCredential(refused)
				: Problem.of(refused);
	}

}
