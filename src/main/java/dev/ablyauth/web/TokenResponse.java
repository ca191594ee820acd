package dev.ablyauth.web;

import java.util.Optional;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * An answer that is a token or a refusal in Ably's shape, whatever the security chain of
 * an app says to people who are not signed in: a redirect, a login page, a challenge.
 */
final class TokenResponse extends HttpServletResponseWrapper {

	private @Nullable Refused refused;

	TokenResponse(HttpServletResponse response) {
		super(response);
	}

	/** A login page is no answer to an SDK. */
	@Override
	public void sendRedirect(String location) {
		this.refused = notSignedIn();
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) {
		this.refused = notSignedIn();
	}

	@Override
	public void sendError(int status) {
		this.refused = refused(status);
	}

	@Override
	public void sendError(int status, String message) {
		this.refused = refused(status);
	}

	@Override
	public boolean isCommitted() {
		return this.refused != null || super.isCommitted();
	}

	/** ably-java takes a challenge for a question that it cannot answer. */
	@Override
	public void setHeader(String name, String value) {
		if (!name.equalsIgnoreCase(HttpHeaders.WWW_AUTHENTICATE)) {
			super.setHeader(name, value);
		}
	}

	@Override
	public void addHeader(String name, String value) {
		if (!name.equalsIgnoreCase(HttpHeaders.WWW_AUTHENTICATE)) {
			super.addHeader(name, value);
		}
	}

	/** What the app refused in words of its own, if anything. */
	Optional<Refused> refusedByTheApp() {
		if (this.refused == null && getStatus() >= SC_MULTIPLE_CHOICES && getHeader("X-Ably-ErrorCode") == null) {
			this.refused = refused(getStatus());
		}
		return Optional.ofNullable(this.refused);
	}

	private static Refused refused(int status) {
		return switch (status) {
			case SC_UNAUTHORIZED, SC_FOUND, SC_SEE_OTHER, SC_TEMPORARY_REDIRECT -> notSignedIn();
			case SC_FORBIDDEN -> new Refused(Reason.DENIED_BY_APP, "The app does not let this request through.");
			default -> ContainerRefusals.of(status);
		};
	}

	private static Refused notSignedIn() {
		return new Refused(Reason.NO_SESSION, "No session of the app came with the request.");
	}

}
