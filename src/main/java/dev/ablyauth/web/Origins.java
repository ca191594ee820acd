package dev.ablyauth.web;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.ablyauth.session.Guests;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * Which pages may read the answers, and when a cookie counts. The SDK's call is a simple
 * request that carries cookies, so any site can trigger it.
 */
final class Origins implements CorsConfigurationSource {

	private static final Set<String> FORBIDDEN_DESTINATIONS = Set.of("script", "image", "iframe", "style", "object",
			"embed");

	private final Set<String> allowed;

	private final CorsConfiguration cors = new CorsConfiguration();

	Origins(WebProperties settings) {
		this.allowed = Set.copyOf(settings.allowedOrigins());
		this.cors.setAllowedOrigins(settings.allowedOrigins());
		this.cors.setAllowCredentials(true);
		this.cors.setAllowedMethods(List.of("GET", "POST"));
		this.cors.setAllowedHeaders(Stream
			.concat(Stream.of("authorization", "content-type", "x-ably-version", "ably-agent", "x-ably-clientid",
					Guests.HEADER), settings.allowedHeaders().stream())
			.toList());
		this.cors.setExposedHeaders(List.of("X-Ably-ErrorCode", "X-Ably-ErrorMessage", "X-Ably-Auth-Narrowed"));
		this.cors.setMaxAge(Duration.ofMinutes(10));
	}

	/** The rules for a listed page; for any other there are none, and no CORS headers. */
	@Override
	public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
		String origin = origin(request);
		return (origin != null && this.allowed.contains(origin)) ? this.cors : null;
	}

	/** The one origin of the request, or null if there is none or there are several. */
	private static @Nullable String origin(HttpServletRequest request) {
		List<String> origins = Collections.list(request.getHeaders(HttpHeaders.ORIGIN));
		return (origins.size() == 1) ? origins.get(0) : null;
	}

	/**
	 * Tells whether a cookie of this request counts: the page is the server's own or
	 * listed, or no page is involved (phones, other servers).
	 */
	boolean mayUseCookie(HttpServletRequest request) {
		String site = request.getHeader("Sec-Fetch-Site");
		String destination = request.getHeader("Sec-Fetch-Dest");
		if (destination != null && FORBIDDEN_DESTINATIONS.contains(destination)) {
			return false;
		}
		if (request.getHeader(HttpHeaders.ORIGIN) == null) {
			return site == null || site.equals("same-origin") || site.equals("same-site");
		}
		String origin = origin(request);
		return "same-origin".equals(site) || (origin != null && this.allowed.contains(origin));
	}

}
