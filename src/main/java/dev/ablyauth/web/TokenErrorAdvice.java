package dev.ablyauth.web;

import java.io.IOException;

import dev.ablyauth.ably.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;

/**
 * Turns whatever ends a request into the one way of saying no. A fault of ours is logged
 * and its text stays here.
 */
@RestControllerAdvice
class TokenErrorAdvice {

	private static final Logger LOGGER = LoggerFactory.getLogger(TokenErrorAdvice.class);

	private final Refusals refusals;

	private final CurrentUser users;

	TokenErrorAdvice(Refusals refusals, CurrentUser users) {
		this.refusals = refusals;
		this.users = users;
	}

	@ExceptionHandler
	void refuse(Exception ex, HttpServletRequest request, HttpServletResponse response) throws IOException {
		this.refusals.refuse(request, response, this.users.of(request).orElse(null), refusal(ex));
	}

	private static Refused refusal(Exception ex) {
		if (ex instanceof Refused refused) {
			return refused;
		}
		if (ex instanceof InvalidParameterException parameters) {
			// Too many, too large, or badly encoded: Tomcat says which by the status.
			return ContainerRefusals.of(parameters.getErrorCode());
		}
		if (ex instanceof NoHandlerFoundException || ex instanceof HttpRequestMethodNotSupportedException) {
			return ContainerRefusals.of(((ErrorResponse) ex).getStatusCode().value());
		}
		LOGGER.error("A request failed", ex);
		return ContainerRefusals.of(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
	}

	/**
	 * The client has gone, and nobody is there to be answered.
	 */
	@ExceptionHandler(IOException.class)
	void gone(HttpServletResponse response) {
		if (!response.isCommitted()) {
			response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
		}
	}

}
