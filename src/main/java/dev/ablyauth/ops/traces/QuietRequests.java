package dev.ablyauth.ops.traces;

import java.util.Locale;
import java.util.Set;

import io.micrometer.common.KeyValues;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Names a request by its method, if that is a usual one, and by the pattern of its path.
 * The path itself may have a token that somebody put there by mistake.
 */
final class QuietRequests extends DefaultServerRequestObservationConvention {

	private static final Set<String> METHODS = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

	@Override
	public String getContextualName(ServerRequestObservationContext context) {
		HttpServletRequest request = context.getCarrier();
		String method = (request != null) ? request.getMethod() : "";
		String path = context.getPathPattern();
		return (METHODS.contains(method) ? method.toLowerCase(Locale.ROOT) : "other")
				+ ((path != null) ? " " + path : "");
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
		return KeyValues.empty();
	}

}
