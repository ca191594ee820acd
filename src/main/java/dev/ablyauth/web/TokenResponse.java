package dev.ablyauth.web;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * An answer that is a token or a refusal in Ably's shape, whatever the security chain of
 * an app says to people who are not signed in: a redirect, a login page, a challenge, a
 * body in words of its own.
 */
final class TokenResponse extends HttpServletResponseWrapper {

	/** ably-java takes a challenge for a question that it cannot answer. */
	private static final Set<String> NOT_FOR_SDKS = names(HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.LOCATION);

	private @Nullable Refused refused;

	private @Nullable ServletOutputStream stream;

	private @Nullable PrintWriter writer;

	TokenResponse(HttpServletResponse response) {
		super(response);
	}

	private static Set<String> names(String... names) {
		Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		all.addAll(Set.of(names));
		return all;
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

	@Override
	public void setHeader(String name, String value) {
		if (!NOT_FOR_SDKS.contains(name)) {
			super.setHeader(name, value);
		}
	}

	@Override
	public void addHeader(String name, String value) {
		if (!NOT_FOR_SDKS.contains(name)) {
			super.addHeader(name, value);
		}
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		if (this.stream == null) {
			this.stream = new TokenStream(super.getOutputStream(), this::isInWordsOfTheApp);
		}
		return this.stream;
	}

	/** Never the writer of the container, after which there is no other body. */
	@Override
	public PrintWriter getWriter() throws IOException {
		if (this.writer == null) {
			this.writer = new PrintWriter(new OutputStreamWriter(getOutputStream(), getCharacterEncoding()));
		}
		return this.writer;
	}

	@Override
	public void flushBuffer() throws IOException {
		if (!isInWordsOfTheApp()) {
			super.flushBuffer();
		}
	}

	private boolean isInWordsOfTheApp() {
		return this.refused != null
				|| (getStatus() >= SC_MULTIPLE_CHOICES && getHeader(RefusalWriter.ERROR_CODE) == null);
	}

	/** What the app refused in words of its own, if anything. */
	Optional<Refused> refusedByTheApp() {
		if (this.refused == null && isInWordsOfTheApp()) {
			this.refused = refused(getStatus());
		}
		else if (this.writer != null) {
			this.writer.flush();
		}
		return Optional.ofNullable(this.refused);
	}

	private static Refused refused(int status) {
		return switch (status) {
			case 401, 301, 302, 303, 307, 308 -> notSignedIn();
			case 403 -> notLetThrough();
			// The app cannot answer now, or has too much to do, which ends the SDKs for
			// good.
			case 408, 425, 429, 502, 503, 504 -> ContainerRefusals.of(SC_SERVICE_UNAVAILABLE);
			default -> ContainerRefusals.of(status);
		};
	}

	static Refused notLetThrough() {
		return new Refused(Reason.DENIED_BY_APP, "The app does not let this request through.");
	}

	static Refused notSignedIn() {
		return new Refused(Reason.NO_SESSION, "No session of the app came with the request.");
	}

}
