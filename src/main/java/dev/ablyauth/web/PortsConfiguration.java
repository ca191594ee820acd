package dev.ablyauth.web;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.WebApplicationContext;

/**
 * Keeps two ports apart, where {@code management.server.port} is set: what is at the
 * other one is not there, whoever asks.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class PortsConfiguration {

	/** Before all doors. */
	@Bean
	@Order(1)
	SecurityFilterChain otherPortChain(HttpSecurity http, WebApplicationContext main) {
		return SecurityConfiguration.plain(http)
			.securityMatcher(new OtherPort(main))
			.authorizeHttpRequests((requests) -> requests.anyRequest().denyAll())
			.exceptionHandling((handling) -> handling
				.authenticationEntryPoint((request, response, ex) -> ContainerRefusals.write(request.getRequestURI(),
						request, response, HttpServletResponse.SC_NOT_FOUND))
				.accessDeniedHandler((request, response, ex) -> ContainerRefusals.write(request.getRequestURI(),
						request, response, HttpServletResponse.SC_NOT_FOUND)))
			.build();
	}

}
