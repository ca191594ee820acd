package dev.ablyauth;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.ablyauth.rest.AblyRestProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class AblySettingsTests {

	@Test
	void bindWhenNothingIsSetThenDefaults() {
		AuthServerProperties settings = settings(Map.of());
		assertThat(settings.ably().rest())
			.isEqualTo(new AblyRestProperties(URI.create("https://main.realtime.ably.net"), false,
					Duration.ofMinutes(5), AblyRestProperties.ClockSource.ABLY));
		assertThat(problems(settings)).isEmpty();
	}

	@Test
	void bindWhenAllIsSetThenMapped() {
		AuthServerProperties settings = settings(
				Map.of("ably-auth.ably.rest-url", "http://localhost:1", "ably-auth.ably.discover-key-capability",
						"true", "ably-auth.ably.time-check", "1m", "ably-auth.ably.clock", "own"));
		assertThat(settings.ably().rest()).isEqualTo(new AblyRestProperties(URI.create("http://localhost:1"), true,
				Duration.ofMinutes(1), AblyRestProperties.ClockSource.OWN));
		assertThat(problems(settings)).isEmpty();
	}

	@Test
	void problemsWhenRestUrlIsNotAllowedThenNamed() {
		assertThat(problems(settings(Map.of("ably-auth.ably.rest-url", "http://example.com")))).singleElement()
			.asString()
			.startsWith("ably-auth.ably.rest-url: must be https");
	}

	@ParameterizedTest
	@ValueSource(strings = { "9s", "31m", "-1s" })
	void problemsWhenTimeCheckIsTooShortOrTooLongThenNamed(String time) {
		assertThat(problems(settings(Map.of("ably-auth.ably.time-check", time))))
			.containsExactly("ably-auth.ably.time-check: must be from 10s to 30m");
	}

	private static List<String> problems(AuthServerProperties settings) {
		return settings.problems(RunMode.SERVER).stream().filter((line) -> line.startsWith("ably-auth.ably")).toList();
	}

	private static AuthServerProperties settings(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("ably-auth",
				AuthServerProperties.class);
	}

}
