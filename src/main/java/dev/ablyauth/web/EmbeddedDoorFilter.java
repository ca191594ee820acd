package dev.ablyauth.web;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

import dev.ablyauth.ably.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands in front of the app's own security chain, at the token endpoints only. An app
 * sends people who are not signed in to its login page; an SDK needs a plain 401.
 */
final class EmbeddedDoorFilter extends OncePerRequestFilter {

	private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedDoorFilter.class);

	private static final Set<String> METHODS = Set.of("GET", "POST", "OPTIONS");

	private final Origins origins;

	private final CallLimits limits;

	private final ClientAddresses addresses;

	private final Refusals refusals;

	private final AppOutages outages;

	EmbeddedDoorFilter(Origins origins, CallLimits limits, ClientAddresses addresses, Refusals refusals,
			AppOutages outages) {
		this.origins = origins;
		this.limits = limits;
		this.addresses = addresses;
		this.refusals = refusals;
		this.outages = outages;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			refuseForeign(request);
			if (!CorsUtils.isPreFlightRequest(request)) {
				this.limits.call(this.addresses.of(request));
			}
		}
		catch (Refused refused) {
			this.refusals.refuse(request, response, null, refused);
			return;
		}
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		if (CorsUtils.isPreFlightRequest(request)) {
			chain.doFilter(request, response);
			return;
		}
		Refused refused = refused(new SdkRequest(request), new TokenResponse(response), chain).orElse(null);
		if (refused != null && !response.isCommitted()) {
			response.resetBuffer();
			this.refusals.refuse(request, response, null, refused);
		}
	}

	private Optional<Refused> refused(SdkRequest request, TokenResponse answer, FilterChain chain) throws IOException {
		this.outages.forget();
		try {
			chain.doFilter(request, answer);
			return answer.refusedByTheApp().map(this.outages::orDown);
		}
		catch (ServletException | RuntimeException ex) {
			return Optional.of(AppOutages.of(ex).orElseGet(() -> {
				LOGGER.error("A request failed", ex);
				return ContainerRefusals.of(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
			}));
		}
		finally {
			this.outages.forget();
		}
	}

	/**
	 * A cookie of the app counts only from its own pages, as at the server's own door.
	 */
	private void refuseForeign(HttpServletRequest request) {
		if (!METHODS.contains(request.getMethod())) {
			throw ContainerRefusals.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
		}
		if (BearerToken.of(request).isEmpty()) {
			new ServletCredentials(request, this.origins).cookieHeader();
		}
	}

}
