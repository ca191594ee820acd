package dev.ablyauth.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;

/**
 * Says of each answer that it depends on the origin, also where the page is not listed
 * and there is nothing else to say. Answers a preflight of a page that is not listed with
 * a bare 403: no browser shows a page the body of a preflight.
 */
final class QuietCorsProcessor extends DefaultCorsProcessor {

	@Override
	public boolean processRequest(@Nullable CorsConfiguration rules, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		if (rules == null) {
			response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
			if (CorsUtils.isPreFlightRequest(request)) {
				response.setStatus(HttpServletResponse.SC_FORBIDDEN);
				return false;
			}
		}
		return super.processRequest(rules, request, response);
	}

	@Override
	protected void rejectRequest(ServerHttpResponse response) {
		response.setStatusCode(HttpStatus.FORBIDDEN);
	}

}
