package dev.ablyauth.web;

import java.io.IOException;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets POST through and nothing else, no preflight either: no page of a browser has
 * business here.
 */
final class LogoutMethodFilter extends OncePerRequestFilter {

	private static final String POST = "POST";

	private final LogoutAudit audit;

	LogoutMethodFilter(LogoutAudit audit) {
		this.audit = audit;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (POST.equals(request.getMethod())) {
			chain.doFilter(request, response);
			return;
		}
		Problem problem = Problem.methodNotAllowed(POST);
		this.audit.refused(request, new Refused(Reason.METHOD_NOT_ALLOWED, problem.detail()));
		problem.write(request, response);
	}

}
