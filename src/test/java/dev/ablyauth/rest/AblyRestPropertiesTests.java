package dev.ablyauth.rest;

import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AblyRestPropertiesTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://main.realtime.ably.net", "https://main.realtime.ably.net/",
			"https://example.ably.net:8443", "http://localhost:8080", "http://127.0.0.1:1", "http://[::1]:1/" })
	void problemsWhenAHostThatCanBeTrustedThenNone(String url) {
		assertThat(problems(url)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "main.realtime.ably.net", "http://main.realtime.ably.net",
			"http://127.0.0.1.evil", "http://localhost.evil", "ftp://localhost", "wss://main.realtime.ably.net",
			"mailto:a@b", "https:///x", "https://a_b" })
	void problemsWhenNotHttpsAndNotThisMachineThenOneLineNamesIt(String url) {
		assertThat(problems(url))
			.containsExactly("ably-auth.ably.rest-url: must be https, or http to this machine itself");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://user@main.realtime.ably.net", "https://main.realtime.ably.net/v1",
			"https://main.realtime.ably.net?a=b", "https://main.realtime.ably.net/#a", "http://localhost/time" })
	void problemsWhenMoreThanAHostThenOneLineNamesIt(String url) {
		assertThat(problems(url))
			.containsExactly("ably-auth.ably.rest-url: must be scheme and host, perhaps with a port, and nothing else");
	}

	private static Iterable<String> problems(String url) {
		return new AblyRestProperties(URI.create(url), false, Duration.ofMinutes(5), AblyRestProperties.ClockSource.OWN)
			.problems("ably-auth.ably");
	}

}
