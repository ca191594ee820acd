package dev.ablyauth.web;

import java.io.IOException;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.AppUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
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

	TokenErrorAdvice(Refusals refusals) {
		this.refusals = refusals;
	}

	@ExceptionHandler
	void refused(Refused refused, HttpServletRequest request, HttpServletResponse response,
			@AuthenticationPrincipal @Nullable AppUser user) throws IOException {
		this.refusals.refuse(request, response, user, refused);
	}

	@ExceptionHandler(NoHandlerFoundException.class)
	void notFound(HttpServletRequest request, HttpServletResponse response,
			@AuthenticationPrincipal @Nullable AppUser user) throws IOException {
		this.refusals.refuse(request, response, user, new Refused(Reason.NOT_FOUND, "There is nothing at this path."));
	}

	@ExceptionHandler(HttpRequestMethodNotSupportedException.class)
	void methodNotAllowed(HttpServletRequest request, HttpServletResponse response,
			@AuthenticationPrincipal @Nullable AppUser user) throws IOException {
		this.refusals.refuse(request, response, user,
				new Refused(Reason.METHOD_NOT_ALLOWED, "Only GET and POST are answered here."));
	}

	/**
	 * Tomcat's way of refusing parameters: too many, too large, or badly encoded.
	 */
	@ExceptionHandler(InvalidParameterException.class)
	void unreadable(InvalidParameterException ex, HttpServletRequest request, HttpServletResponse response,
			@AuthenticationPrincipal @Nullable AppUser user) throws IOException {
		this.refusals.refuse(request, response, user, ContainerRefusals.of(ex.getErrorCode()));
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

	@ExceptionHandler
	void fault(Exception ex, HttpServletRequest request, HttpServletResponse response,
			@AuthenticationPrincipal @Nullable AppUser user) throws IOException {
		LOGGER.error("A request failed", ex);
		this.refusals.refuse(request, response, user, new Refused(Reason.INTERNAL_ERROR, "The server failed."));
	}

}
