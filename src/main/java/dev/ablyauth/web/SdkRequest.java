package dev.ablyauth.web;

import java.util.Collections;
import java.util.Enumeration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request of an SDK, marked as no visit of a page: else an app would remember it, and
 * lead people to a token after they have signed in.
 */
final class SdkRequest extends HttpServletRequestWrapper {

	private static final String NAME = "X-Requested-With";

	private static final String VALUE = "XMLHttpRequest";

	SdkRequest(HttpServletRequest request) {
		super(request);
	}

	@Override
	public @Nullable String getHeader(String name) {
		return name.equalsIgnoreCase(NAME) ? VALUE : super.getHeader(name);
	}

	@Override
	public Enumeration<String> getHeaders(String name) {
		return name.equalsIgnoreCase(NAME) ? Collections.enumeration(Collections.singleton(VALUE))
				: super.getHeaders(name);
	}

}
