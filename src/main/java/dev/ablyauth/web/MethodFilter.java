package dev.ablyauth.web;

import java.io.IOException;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets GET, POST and preflights through. HEAD is not among them: Spring MVC would answer
 * it like GET, and a token would be issued that nobody receives.
 */
final class MethodFilter extends OncePerRequestFilter {

	private static final Set<String> METHODS = Set.of("GET", "POST");

	private final Refusals refusals;

	MethodFilter(Refusals refusals) {
		this.refusals = refusals;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (METHODS.contains(request.getMethod()) || CorsUtils.isPreFlightRequest(request)) {
			chain.doFilter(request, response);
		}
		else {
			this.refusals.refuse(request, response, null,
					ContainerRefusals.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED));
		}
	}

}
