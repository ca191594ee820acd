package dev.ablyauth.web;

import java.io.IOException;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets DELETE, GET and POST through. A preflight is among the others: no page of a
 * browser has business at the admin door.
 */
final class AdminMethodFilter extends OncePerRequestFilter {

	private static final Set<String> METHODS = Set.of("DELETE", "GET", "POST");

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (METHODS.contains(request.getMethod())) {
			chain.doFilter(request, response);
		}
		else {
			Problem.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED).write(request, response);
		}
	}

}
