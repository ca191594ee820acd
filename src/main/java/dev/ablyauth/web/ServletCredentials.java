package dev.ablyauth.web;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.Credentials;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/**
 * The credentials of a request. Gives no cookie away that another site may have made the
 * browser send.
 */
final class ServletCredentials implements Credentials {

	private final HttpServletRequest request;

	private final Origins origins;

	ServletCredentials(HttpServletRequest request, Origins origins) {
		this.request = request;
		this.origins = origins;
	}

	@Override
	public Optional<String> bearer() {
		return BearerToken.of(this.request);
	}

	@Override
	public List<String> headers(String name) {
		if (name.equalsIgnoreCase(HttpHeaders.COOKIE)) {
			throw new IllegalArgumentException("cookies count only from the app's own pages");
		}
		return Collections.list(this.request.getHeaders(name));
	}

	@Override
	public List<String> cookies(String name) {
		Cookie[] all = this.request.getCookies();
		List<String> values = (all == null) ? List.of()
				: Stream.of(all).filter((cookie) -> cookie.getName().equals(name)).map(Cookie::getValue).toList();
		if (!values.isEmpty()) {
			refuseForeignOrigin();
		}
		return values;
	}

	@Override
	public String cookieHeader() {
		String all = String.join("; ", Collections.list(this.request.getHeaders(HttpHeaders.COOKIE)));
		if (!all.isBlank()) {
			refuseForeignOrigin();
		}
		return all;
	}

	@Override
	public String peer() {
		return this.request.getRemoteAddr();
	}

	private void refuseForeignOrigin() {
		if (!this.origins.mayUseCookie(this.request)) {
			throw new Refused(Reason.FOREIGN_ORIGIN,
					"A cookie counts only from the app's own pages; add the page's origin to ably-auth.web.allowed-origins.");
		}
	}

}
