package dev.ablyauth;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the doors for logging out need of the other settings.
 */
class LogoutSettingsTests {

	private static final String MISSING = "ably-auth.deny-list.url: is missing; there it is kept which sessions have ended";

	@ParameterizedTest
	@CsvSource({ "ably-auth.sessions.jwt[0].logout-audiences,my-app",
			"ably-auth.logout.webhook-secrets[0].value,whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" })
	void problemsWhenThereIsADoorAndNoDenyListThenNamed(String name, String value) {
		assertThat(problems(Map.of(name, value))).contains(MISSING);
		assertThat(problems(Map.of(name, value, "ably-auth.deny-list.url", TestFiles.denyList())))
			.noneMatch((line) -> line.startsWith("ably-auth.deny-list") || line.startsWith("ably-auth.logout"));
	}

	@Test
	void problemsWhenThereIsNoDoorThenNoDenyListIsNeeded() {
		assertThat(problems(Map.of())).noneMatch((line) -> line.startsWith("ably-auth.deny-list"));
	}

	@Test
	void problemsWhenASecretIsNoneThenNamedAndNotShown() {
		assertThat(problems(Map.of("ably-auth.logout.webhook-secrets[0].value", "canary-secret")))
			.anyMatch((line) -> line.startsWith("ably-auth.logout.webhook-secrets[0].value: is no secret"))
			.noneMatch((line) -> line.contains("canary"));
	}

	@Test
	void problemsWhenTheTokenPathsAreWhereTheDoorsAreThenNamed() {
		assertThat(problems(Map.of("ably-auth.token.base-path", "/logout")))
			.contains("ably-auth.token.base-path: must be a path such as /api that nothing else uses");
	}

	private static List<String> problems(Map<String, String> values) {
		Map<String, String> all = new HashMap<>(values);
		all.put("ably-auth.sessions.jwt[0].issuer", "https://login.example.com/");
		all.put("ably-auth.sessions.jwt[0].audiences", "my-app");
		return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("ably-auth", AuthServerProperties.class)
			.problems(RunMode.SERVER);
	}

}
