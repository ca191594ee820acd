package dev.ablyauth.web;

import java.io.IOException;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What is refused before anybody decides about it, by Tomcat, by Spring or at the door:
 * an HTTP status in Ably's words, or in those of the admin door.
 */
final class ContainerRefusals {

	private static final int SERVER_FAULT = 500;

	private ContainerRefusals() {
	}

	/** Says it in the words of the door that the path belongs to. */
	static void write(@Nullable String path, HttpServletRequest request, HttpServletResponse response, int status)
			throws IOException {
		if (AdminPaths.isAdmin(path)) {
			Problem.of(status).write(request, response);
		}
		else {
			if (status == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
				// Tomcat names all methods that there are.
				response.setHeader(HttpHeaders.ALLOW, RefusalWriter.METHODS);
			}
			RefusalWriter.write(response, of(status));
		}
	}

	static Refused of(int status) {
		return switch (status) {
			case 404 -> new Refused(Reason.NOT_FOUND, "There is nothing at this path.");
			case 405 -> new Refused(Reason.METHOD_NOT_ALLOWED, "Only GET and POST are answered here.");
			case 413 -> new Refused(Reason.BODY_TOO_LARGE, "The body is too large.");
			case 431 -> new Refused(Reason.HEADERS_TOO_LARGE, "The headers are too large.");
			case 503 -> new Refused(Reason.UNAVAILABLE, "The server cannot answer now.");
			default -> (status >= SERVER_FAULT) ? new Refused(Reason.INTERNAL_ERROR, "The server failed.")
					: new Refused(Reason.INVALID_REQUEST, "The request cannot be read.");
		};
	}

}
