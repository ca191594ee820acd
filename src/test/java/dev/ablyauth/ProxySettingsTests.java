package dev.ablyauth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the settings of a proxy need of other settings.
 */
class ProxySettingsTests {

	@Test
	void problemsWhenAPlainHeaderAndNoTrustedProxiesThenNamed() {
		assertThat(problems(Map.of(), false)).singleElement()
			.asString()
			.startsWith("ably-auth.web.trusted-proxies: is missing");
		assertThat(problems(Map.of("ably-auth.web.trusted-proxies", "10.0.0.0/8"), false)).isEmpty();
	}

	@Test
	void problemsWhenDevModeThenOnlyTheSampleLogin() {
		assertThat(problems(Map.of("ably-auth.web.trusted-proxies", "10.0.0.0/8"), true)).singleElement()
			.asString()
			.startsWith("ably-auth.sessions: the dev mode signs its sample users in by itself");
	}

	private static List<String> problems(Map<String, String> more, boolean devMode) {
		Map<String, String> values = new LinkedHashMap<>(more);
		values.put("ably-auth.sessions.proxy-assertion.kind", "header");
		values.put("ably-auth.sessions.proxy-assertion.header", "X-User");
		values.put("ably-auth.sessions.proxy-assertion.secret-header", "X-Proxy-Secret");
		values.put("ably-auth.sessions.proxy-assertion.secret", "a secret of more than thirty-two bytes");
		return new Binder(new MapConfigurationPropertySource(values)).bind("ably-auth", AuthServerProperties.class)
			.get()
			.problems(devMode ? RunMode.DEV_MODE : RunMode.SERVER)
			.stream()
			.filter((line) -> line.startsWith("ably-auth.sessions") || line.startsWith("ably-auth.web"))
			.toList();
	}

}
