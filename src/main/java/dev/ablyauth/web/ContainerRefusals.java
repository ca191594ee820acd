package dev.ablyauth.web;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * What is refused before anybody decides about it, by Tomcat, by Spring or at the door:
 * an HTTP status in Ably's words.
 */
final class ContainerRefusals {

	private static final int SERVER_FAULT = 500;

	private ContainerRefusals() {
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
