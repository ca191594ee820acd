package dev.ablyauth.web;

import java.io.IOException;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.issuing.DecisionListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers at once while too many wait, before anything else is done for a request. Who
 * would get an answer after the client has given up takes the time of those who could
 * still get one. There is no audit line, which would cost as much as a token, and no
 * CORS: to a page it is a failed call, which the SDK tries again like a 503.
 */
final class OverloadFilter extends OncePerRequestFilter {

	private final WaitingRequests waiting;

	private final Line line;

	private final DecisionListener listener;

	OverloadFilter(WaitingRequests waiting, Line line, DecisionListener listener) {
		this.waiting = waiting;
		this.line = line;
		this.listener = listener;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.line.isTooLong(this.waiting.count())) {
			Refused refused = new Refused(Reason.OVERLOADED, "The server has more requests than it can answer in time.")
				.by("overload");
			this.listener.refused(refused, null);
			RefusalWriter.write(response, refused);
		}
		else {
			chain.doFilter(request, response);
		}
	}

}
