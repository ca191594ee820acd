package com.example.sampleapp;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * An app as many are: a login page by Spring Security's defaults, its own users, its own
 * beans, its own way of saying that something failed.
 */
@SpringBootApplication
public class SampleApp {

	/**
	 * Starts the app and says where it listens; the log of the tests shows errors only.
	 * @param args its settings
	 */
	public static void main(String[] args) {
		String port = SpringApplication.run(SampleApp.class, args).getEnvironment().getProperty("local.server.port");
		System.out.println("Tomcat started on port " + port);
	}

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(
				User.withUsername("ann").password("{noop}secret").authorities("member", "team-red").build(),
				User.withUsername("eve").password("{noop}secret").authorities("suspended").build());
	}

	/** Named as beans of the rooms are, and of their types. */
	@Bean
	Clock clock() {
		return Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
	}

	@Bean
	String operations() {
		return "a bean of the app";
	}

	/** Its own pages. */
	@RestController
	static class Pages {

		private final Clock clock;

		Pages(Clock clock) {
			this.clock = clock;
		}

		@GetMapping("/time")
		String time() {
			return this.clock.instant().toString();
		}

		@GetMapping("/broken")
		String broken() {
			throw new IllegalStateException("broken");
		}

	}

	/** Its own words for everything that fails. */
	@RestControllerAdvice
	static class Words {

		@ExceptionHandler
		String failed(Exception ex) {
			return "the app is sorry";
		}

	}

}
