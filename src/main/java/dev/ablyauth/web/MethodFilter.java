package dev.ablyauth.web;

import java.io.IOException;
import java.util.List;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets some methods and preflights through. HEAD is never among them: Spring MVC would
 * answer it like GET, and a token would be issued that nobody receives.
 */
final class MethodFilter extends OncePerRequestFilter {

	private final List<String> methods;

	private final Refusals refusals;

	MethodFilter(List<String> methods, Refusals refusals) {
		this.methods = methods;
		this.refusals = refusals;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.methods.contains(request.getMethod()) || CorsUtils.isPreFlightRequest(request)) {
			chain.doFilter(request, response);
		}
		else {
			response.setHeader(HttpHeaders.ALLOW, String.join(", ", this.methods));
			this.refusals.refuse(request, response, null,
					new Refused(Reason.METHOD_NOT_ALLOWED, "Only " + String.join(" and ", this.methods)
							+ ((this.methods.size() > 1) ? " are" : " is") + " answered here."));
		}
	}

}
