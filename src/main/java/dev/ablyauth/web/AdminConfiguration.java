package dev.ablyauth.web;

import java.time.Clock;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.issuing.DecisionListener;
import dev.ablyauth.policy.WishReader;
import dev.ablyauth.revocation.Revocations;
import dev.ablyauth.session.Guests;
import dev.ablyauth.session.JwtIssuers;
import dev.ablyauth.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.health.actuate.endpoint.SystemHealthDescriptor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The admin door: bearer tokens of its own, a scope for each path, no CORS. Where the
 * settings name no admin, there is nothing behind it.
 */
@Configuration(proxyBeanMethods = false)
class AdminConfiguration {

	@Bean
	AdminCallers adminCallers(AdminProperties settings, JwtIssuers issuers) {
		AdminJwtProperties jwt = settings.jwt();
		if (jwt == null) {
			return new AdminCallers(settings.allTokens(), issuers.sessions(List.of()), AdminScopeNames.ofSettings());
		}
		return new AdminCallers(settings.allTokens(), issuers.sessions(List.of(jwt.toIssuer())),
				AdminScopeNames.ofJwts(jwt.scope()));
	}

	@Bean
	Buckets adminLimit(RateLimitProperties settings, SharedBuckets shared) {
		return new Buckets("admin", settings.perAdmin(), shared, Ticker.systemTicker());
	}

	@Bean
	AdminErrorResolver adminErrorResolver() {
		return new AdminErrorResolver();
	}

	@Bean
	AdminUsers adminUsers(Sessions sessions, WishReader wishes, Guests guests) {
		return new AdminUsers(sessions, wishes, guests);
	}

	@Bean
	AdminBodies adminBodies() {
		return new AdminBodies();
	}

	@Bean
	DenialBodies denialBodies(AdminBodies bodies) {
		return new DenialBodies(bodies);
	}

	@Bean
	DenialAnswers denialAnswers(Revocations revocations, Clock clock) {
		return new DenialAnswers(revocations, clock);
	}

	@Bean
	@Order(15)
	SecurityFilterChain adminChain(HttpSecurity http, AdminProperties settings, AdminCallers callers, AuditLog audit,
			ClientAddresses addresses, Buckets adminLimit, DecisionListener listener) {
		HttpSecurity door = SecurityConfiguration.plain(http).securityMatcher(AdminPaths.DOOR);
		if (settings.isOff()) {
			return notThere(door);
		}
		return door.addFilterBefore(new AdminAuditFilter(audit, addresses), ExceptionTranslationFilter.class)
			.addFilterBefore(new AdminFilter(callers, adminLimit, listener), ExceptionTranslationFilter.class)
			.addFilterBefore(new AdminMethodFilter(), ExceptionTranslationFilter.class)
			.authorizeHttpRequests((requests) -> requests.anyRequest()
				.access((caller, call) -> AuthorityAuthorizationManager.hasAnyAuthority(
						AdminPaths.scopes(call.getRequest()).stream().map(AdminScope::authority).toArray(String[]::new))
					.authorize(caller, call)))
			.exceptionHandling((handling) -> handling
				.accessDeniedHandler((request, response, ex) -> lacksScope(request).write(request, response)))
			.build();
	}

	private static SecurityFilterChain notThere(HttpSecurity door) {
		Problem problem = Problem.of(HttpServletResponse.SC_NOT_FOUND);
		return door.authorizeHttpRequests((requests) -> requests.anyRequest().denyAll())
			.exceptionHandling((handling) -> handling
				.authenticationEntryPoint((request, response, ex) -> problem.write(request, response))
				.accessDeniedHandler((request, response, ex) -> problem.write(request, response)))
			.build();
	}

	/** Without a bearer, the health is everybody's and has no details. */
	@Bean
	@Order(16)
	SecurityFilterChain healthForAdminsChain(HttpSecurity http, AdminProperties settings, AdminCallers callers,
			AuditLog audit, ClientAddresses addresses, Buckets adminLimit, DecisionListener listener) {
		return SecurityConfiguration.plain(http)
			.securityMatcher(
					(request) -> !settings.isOff() && AdminPaths.isHealth(request) && BearerToken.isIn(request))
			.servletApi(Customizer.withDefaults())
			.addFilterBefore(new AdminAuditFilter(audit, addresses), ExceptionTranslationFilter.class)
			.addFilterBefore(new AdminFilter(callers, adminLimit, listener), ExceptionTranslationFilter.class)
			.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.build();
	}

	/** Writes what actuator endpoints answer; nobody needs the names of health groups. */
	@Bean
	EndpointJsonMapper endpointJson() {
		JsonMapper mapper = JsonMapper.builder()
			.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
			.addMixIn(SystemHealthDescriptor.class, WithoutGroups.class)
			.build();
		return () -> mapper;
	}

	/** What Jackson leaves out of the health. */
	@JsonIgnoreProperties("groups")
	private interface WithoutGroups {

	}

	/** The scope is said in the words of whoever gave the caller the others. */
	private static Problem lacksScope(HttpServletRequest request) {
		AdminScope scope = AdminPaths.scopes(request).get(0);
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return Problem.insufficientScope((authentication instanceof AdminAuthentication admin)
				? admin.getPrincipal().scopeNames().name(scope) : scope.label());
	}

}
