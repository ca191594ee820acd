package dev.ablyauth.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Which scope each path of the admin door asks for. The first pattern that fits decides,
 * and what has no scope of its own asks for all of them.
 */
final class AdminPaths {

	/** The admin door. */
	static final String ALL = "/admin/**";

	private static final String ROOT = "/admin";

	/** The meters, which a machine reads again and again. */
	private static final List<String> METERS = List.of("/actuator/prometheus", "/actuator/metrics",
			"/actuator/metrics/*");

	private static final RequestMatcher IS_METERS = anyOf(METERS);

	/** Everything that is for admins alone. */
	static final RequestMatcher DOOR = new OrRequestMatcher(matcher(ALL), IS_METERS);

	/** The health and its parts; Boot fails at what is deeper. */
	private static final List<String> HEALTH = List.of("/actuator/health", "/actuator/health/*");

	private static final RequestMatcher IS_HEALTH = anyOf(HEALTH);

	/** What moves to the management port where there is one. */
	private static final RequestMatcher IS_MANAGEMENT = anyOf(List.of(ALL, "/actuator/**"));

	/** What balancers and orchestrators ask, at each port. */
	private static final Map<String, AdminScope> SCOPES = new LinkedHashMap<>();

	static {
		SCOPES.put("/admin/explain", AdminScope.READ);
		SCOPES.put("/admin/can", AdminScope.READ);
		SCOPES.put("/admin/policy/check", AdminScope.READ);
		SCOPES.put("/admin/tokens", AdminScope.MINT);
		SCOPES.put("/admin/denials", AdminScope.REVOKE);
		SCOPES.put("/admin/denials/export", AdminScope.READ);
		SCOPES.put("/admin/denials/*", AdminScope.REVOKE);
		SCOPES.put("/admin/revocations", AdminScope.REVOKE);
		SCOPES.put("/admin/revocations/*", AdminScope.REVOKE);
		HEALTH.forEach((pattern) -> SCOPES.put(pattern, AdminScope.READ));
		METERS.forEach((pattern) -> SCOPES.put(pattern, AdminScope.METRICS));
		SCOPES.put(ALL, AdminScope.ADMIN);
	}

	/**
	 * Paths where looking asks for less than changing does. Who revokes may look what has
	 * become of it.
	 */
	private static final Map<String, List<AdminScope>> LOOKING = Map.of("/admin/denials", List.of(AdminScope.READ),
			"/admin/denials/*", List.of(AdminScope.READ), "/admin/revocations", List.of(AdminScope.READ),
			"/admin/revocations/*", List.of(AdminScope.READ, AdminScope.REVOKE));

	private static final Map<String, RequestMatcher> MATCHERS = new LinkedHashMap<>();

	static {
		SCOPES.keySet().forEach((pattern) -> MATCHERS.put(pattern, matcher(pattern)));
	}

	private AdminPaths() {
	}

	/** The scopes of which one is enough, the one to ask for first. */
	static List<AdminScope> scopes(HttpServletRequest request) {
		String pattern = pattern(request);
		List<AdminScope> scope = List.of(SCOPES.getOrDefault(pattern, AdminScope.ADMIN));
		return "GET".equals(request.getMethod()) ? LOOKING.getOrDefault(pattern, scope) : scope;
	}

	/** The pattern that fits, which says nothing that the caller made up. */
	static String pattern(HttpServletRequest request) {
		return MATCHERS.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().matches(request))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(ALL);
	}

	/** Tells whether a request is at the admin door. */
	static boolean isAdmin(HttpServletRequest request) {
		return DOOR.matches(request);
	}

	/** Tells whether a machine makes the request again and again. */
	static boolean isReading(HttpServletRequest request) {
		return IS_METERS.matches(request) || IS_HEALTH.matches(request);
	}

	/** Tells whether a request asks for the health, which has details for admins. */
	static boolean isHealth(HttpServletRequest request) {
		return IS_HEALTH.matches(request);
	}

	/** Tells whether a request is for people and machines that look after the server. */
	static boolean isManagement(HttpServletRequest request) {
		return IS_MANAGEMENT.matches(request);
	}

	/**
	 * Tells whether a request is at the admin door by its path as the client wrote it,
	 * where there is no request that can be read.
	 */
	static boolean isAdmin(@Nullable String path) {
		return path != null && path.startsWith(ROOT)
				&& (path.length() == ROOT.length() || !Character.isLetterOrDigit(path.charAt(ROOT.length())));
	}

	private static RequestMatcher anyOf(List<String> patterns) {
		return new OrRequestMatcher(patterns.stream().map(AdminPaths::matcher).toList());
	}

	static RequestMatcher matcher(String pattern) {
		return PathPatternRequestMatcher.withDefaults().matcher(pattern);
	}

}
