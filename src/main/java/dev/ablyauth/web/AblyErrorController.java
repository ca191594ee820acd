package dev.ablyauth.web;

import java.io.IOException;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers what went wrong outside of the controllers in the same words as all other
 * refusals.
 */
@RestController
class AblyErrorController implements ErrorController {

	@RequestMapping("/error")
	void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
		RefusalWriter.write(response, ContainerRefusals.of((status instanceof Integer code) ? code : 404));
	}

	/**
	 * What the container refuses by itself, in Ably's words.
	 */
	static final class ContainerRefusals {

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

}
