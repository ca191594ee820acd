package dev.ablyauth.web;

import java.util.List;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Finds at the management port what the server itself has: the admin door, and what it
 * says of errors. Before Boot's own, which would say errors in another shape.
 */
final class MainHandlers implements HandlerMapping, Ordered {

	private final List<HandlerMapping> handlers;

	MainHandlers(List<HandlerMapping> handlers) {
		this.handlers = handlers;
	}

	@Override
	public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) throws Exception {
		if (request.getDispatcherType() != DispatcherType.ERROR && !AdminPaths.isAdmin(request)) {
			return null;
		}
		for (HandlerMapping mapping : this.handlers) {
			HandlerExecutionChain handler = mapping.getHandler(request);
			if (handler != null) {
				return handler;
			}
		}
		return null;
	}

	@Override
	public boolean usesPathPatterns() {
		return true;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
