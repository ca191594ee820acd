package dev.ablyauth.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Says no at the token endpoints inside of another app, before any advice of the app
 * does, and nowhere else.
 */
final class EmbeddedErrorResolver implements HandlerExceptionResolver, Ordered {

	private final TokenErrorAdvice advice;

	EmbeddedErrorResolver(TokenErrorAdvice advice) {
		this.advice = advice;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		if (!(handler instanceof HandlerMethod method) || method.getBeanType() != TokenController.class) {
			return null;
		}
		try {
			this.advice.refuse(ex, request, response);
		}
		catch (IOException gone) {
			this.advice.gone(response);
		}
		return new ModelAndView();
	}

}
