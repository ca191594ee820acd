package dev.ablyauth.web;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

import dev.ablyauth.ably.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Turns whatever ends a request at the admin door into a {@link Problem}. Bound to the
 * paths and not to controllers, because a path without a controller, or a method that it
 * does not take, belongs to none. A fault of ours is logged and its text stays here.
 */
final class AdminErrorResolver implements HandlerExceptionResolver, Ordered {

	private static final Logger LOGGER = LoggerFactory.getLogger(AdminErrorResolver.class);

	/** Before the advice for all other paths, which has 0. */
	@Override
	public int getOrder() {
		return -1;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		if (!AdminPaths.isAdmin(request)) {
			return null;
		}
		try {
			problem(ex).write(request, response);
		}
		catch (IOException gone) {
			LOGGER.debug("The client has gone", gone);
		}
		return new ModelAndView();
	}

	private static Problem problem(Exception ex) {
		if (ex instanceof Refused refused) {
			return Problem.of(refused);
		}
		if (ex instanceof HttpRequestMethodNotSupportedException method && method.getSupportedMethods() != null) {
			return Problem.methodNotAllowed(String.join(", ", new TreeSet<>(Set.of(method.getSupportedMethods()))));
		}
		if (ex instanceof InvalidParameterException parameters) {
			return Problem.of(parameters.getErrorCode());
		}
		if (ex instanceof ErrorResponse spring && spring.getStatusCode().is4xxClientError()) {
			return Problem.of(spring.getStatusCode().value());
		}
		if (ex instanceof TypeMismatchException || ex instanceof HttpMessageNotReadableException) {
			return Problem.of(HttpServletResponse.SC_BAD_REQUEST);
		}
		if (!(ex instanceof IOException)) {
			LOGGER.error("A request failed", ex);
		}
		return Problem.of(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
	}

}
