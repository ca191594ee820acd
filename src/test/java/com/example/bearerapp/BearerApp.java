package com.example.bearerapp;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/**
 * A resource server, and for machines a name and a password. Its filters can be made to
 * answer in many ways, as filters of apps do.
 */
@SpringBootApplication
public class BearerApp {

	/** Names what a filter of the app shall do. */
	public static final String DO = "X-Do";

	@Bean
	JwtDecoder jwtDecoder(@Value("${app.jwks-uri}") String jwksUri) {
		return NimbusJwtDecoder.withJwkSetUri(jwksUri).build();
	}

	@Bean
	UserDetailsService machines() {
		return (name) -> {
			if (name.equals("down")) {
				throw new InternalAuthenticationServiceException("the database of the app is away");
			}
			return User.withUsername(name).password("{noop}secret").authorities("member").build();
		};
	}

	@Bean
	@Order(1)
	SecurityFilterChain chain(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.csrf((csrf) -> csrf.disable())
			.httpBasic(Customizer.withDefaults())
			.oauth2ResourceServer((server) -> server.jwt(Customizer.withDefaults()))
			.addFilterBefore((request, response, chain) -> {
				String what = ((HttpServletRequest) request).getHeader(DO);
				if (what == null || act(what, (HttpServletResponse) response)) {
					chain.doFilter(request, response);
				}
			}, AuthorizationFilter.class)
			.build();
	}

	private static boolean act(String what, HttpServletResponse response) throws IOException {
		String[] words = (what + " 200").split(" ", -1);
		int status = Integer.parseInt(words[1]);
		switch (words[0]) {
			case "status" -> response.setStatus(status);
			case "error" -> response.sendError(status, "the app's own words");
			case "write" -> {
				response.setStatus(status);
				response.setHeader("Location", "/login");
				response.setContentType("text/html");
				response.getWriter().print("<p>the app's own words</p>");
				response.flushBuffer();
				response.getWriter().close();
			}
			case "write-first" -> {
				response.getWriter().print("<p>the app's own words</p>");
				response.setStatus(HttpStatus.UNAUTHORIZED.value());
			}
			case "stream" -> {
				response.setStatus(HttpStatus.UNAUTHORIZED.value());
				response.getOutputStream().print("the app's own words");
				response.getOutputStream().flush();
				response.getOutputStream().close();
			}
			case "down" -> throw new DataAccessResourceFailureException("the sessions of the app are away");
			case "broken" -> throw new IllegalStateException("the app's own words");
			default -> {
				return true;
			}
		}
		return false;
	}

}
