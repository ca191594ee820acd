package dev.ablyauth.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Matches what is asked at the wrong one of two ports. The port is known by the web
 * server that took the request, and by nothing that the request says.
 */
final class OtherPort implements RequestMatcher {

	private final WebApplicationContext main;

	/**
	 * Creates it.
	 * @param main the context whose web server has the token endpoints
	 */
	OtherPort(WebApplicationContext main) {
		this.main = main;
	}

	/** An error that is being written belongs to the port where it happened. */
	@Override
	public boolean matches(HttpServletRequest request) {
		if (request.getDispatcherType() == DispatcherType.ERROR) {
			return false;
		}
		boolean atMain = WebApplicationContextUtils.getWebApplicationContext(request.getServletContext()) == this.main;
		return atMain == AdminPaths.isManagement(request);
	}

}
