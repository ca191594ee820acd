package dev.ablyauth.web;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.issuing.TokenProperties;
import dev.ablyauth.session.Sessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.web.filter.CorsFilter;

/**
 * Who comes through which door. What no chain names is not there.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final char DELETE = 0x7f;

	@Bean
	@Order(10)
	SecurityFilterChain tokenChain(HttpSecurity http, TokenProperties token, Sessions sessions, Origins origins,
			CallLimits limits, ClientAddresses addresses, Refusals refusals) {
		CorsFilter cors = new CorsFilter(origins);
		cors.setCorsProcessor(new QuietCorsProcessor());
		return plain(http).securityMatcher(token.basePath() + "/**")
			.addFilterBefore(new MethodFilter(List.of("GET", "POST"), refusals), AuthorizationFilter.class)
			.addFilterBefore(cors, AuthorizationFilter.class)
			.addFilterBefore(new SessionFilter(sessions, origins, limits, addresses, refusals),
					AuthorizationFilter.class)
			.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.build();
	}

	@Bean
	@Order(100)
	SecurityFilterChain everythingElseChain(HttpSecurity http) {
		return plain(http)
			.authorizeHttpRequests((requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
				.permitAll()
				.requestMatchers("/livez", "/readyz", "/actuator/health", "/actuator/health/*")
				.permitAll()
				.anyRequest()
				.denyAll())
			.exceptionHandling((handling) -> handling
				.authenticationEntryPoint((request, response, ex) -> RefusalWriter.write(response, notFound()))
				.accessDeniedHandler((request, response, ex) -> RefusalWriter.write(response, notFound())))
			.build();
	}

	@Bean
	CurrentUser currentUser() {
		return (request) -> (SecurityContextHolder.getContext()
			.getAuthentication() instanceof AppUserAuthentication authentication)
					? Optional.of(authentication.getPrincipal()) : Optional.empty();
	}

	/** Watching each filter by itself costs more than the filters do. */
	@Bean
	SecurityObservationSettings securityObservationSettings() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	RequestRejectedHandler requestRejectedHandler() {
		return (request, response, ex) -> ContainerRefusals.write(request.getRequestURI(), request, response,
				HttpServletResponse.SC_BAD_REQUEST);
	}

	/** Odd methods are answered by the doors, with 405 and not with 400. */
	@Bean
	HttpFirewall httpFirewall() {
		StrictHttpFirewall firewall = new StrictHttpFirewall();
		firewall.setUnsafeAllowAnyHttpMethod(true);
		firewall.setAllowedHeaderNames(plainOr(StrictHttpFirewall.ALLOWED_HEADER_NAMES));
		firewall.setAllowedHeaderValues(plainOr(StrictHttpFirewall.ALLOWED_HEADER_VALUES));
		firewall.setAllowedParameterNames(plainOr(StrictHttpFirewall.ALLOWED_PARAMETER_NAMES));
		return firewall;
	}

	/** Asks Spring, by whose rules all of ASCII is good, and whose patterns are slow. */
	private static Predicate<String> plainOr(Predicate<String> others) {
		return (text) -> isPlain(text) || others.test(text);
	}

	private static boolean isPlain(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) < ' ' || text.charAt(i) >= DELETE) {
				return false;
			}
		}
		return true;
	}

	static Refused notFound() {
		return ContainerRefusals.of(HttpServletResponse.SC_NOT_FOUND);
	}

	/**
	 * No sessions of its own, no login pages, and headers that let nothing be embedded.
	 */
	static HttpSecurity plain(HttpSecurity http) {
		return http.csrf(AbstractHttpConfigurer::disable)
			.sessionManagement(AbstractHttpConfigurer::disable)
			.securityContext((context) -> context.securityContextRepository(new NullSecurityContextRepository()))
			.requestCache(AbstractHttpConfigurer::disable)
			.servletApi(AbstractHttpConfigurer::disable)
			.anonymous(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.headers((headers) -> headers.cacheControl((cache) -> cache.disable())
				.addHeaderWriter(new StaticHeadersWriter("Cache-Control", "no-store"))
				.addHeaderWriter(new StaticHeadersWriter("Pragma", "no-cache"))
				.contentSecurityPolicy((policy) -> policy
					.policyDirectives("default-src 'none'; base-uri 'none'; frame-ancestors 'none'"))
				.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER))
				.crossOriginResourcePolicy((policy) -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN)));
	}

}
