package dev.ablyauth.web;

import java.io.IOException;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.issuing.DecisionListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells how long each call for a token took, and how it ended. Preflights ask for none.
 */
final class AnswerTimesFilter extends OncePerRequestFilter {

	private final DecisionListener listener;

	private final Ticker ticker;

	AnswerTimesFilter(DecisionListener listener, Ticker ticker) {
		this.listener = listener;
		this.ticker = ticker;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return CorsUtils.isPreFlightRequest(request);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		long begun = this.ticker.read();
		int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
		try {
			chain.doFilter(request, response);
			status = response.getStatus();
		}
		finally {
			this.listener.answered(status, Duration.ofNanos(this.ticker.read() - begun));
		}
	}

}
