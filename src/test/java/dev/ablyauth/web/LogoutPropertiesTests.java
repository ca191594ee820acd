package dev.ablyauth.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class LogoutPropertiesTests {

	private static final String NO_SECRET = "l.webhook-secrets[0].value: is no secret of a webhook,"
			+ " expected whsec_ and the base64 of 24 to 64 bytes";

	@Test
	void bindWhenNothingIsSetThenADayAndNoWebhook() {
		LogoutProperties settings = bind();
		assertThat(settings.denyFor()).isEqualTo(Duration.ofHours(24));
		assertThat(settings.hasWebhook()).isFalse();
		assertThat(settings.problems("l")).isEmpty();
	}

	@Test
	void bindWhenAllIsSetThenMapped(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("secret"), secret(64) + "\n");
		LogoutProperties settings = bind("deny-for=30d", "webhook-secrets[0].value=" + secret(24),
				"webhook-secrets[1].file=" + file);
		assertThat(settings.problems("l")).isEmpty();
		assertThat(settings.denyFor()).isEqualTo(Duration.ofDays(30));
		assertThat(settings.webhookSecrets()).extracting((secret) -> secret.bytes().length).containsExactly(24, 64);
		assertThat(settings.toString()).doesNotContain("AAAA", "secret=whsec");
	}

	@ParameterizedTest
	@CsvSource({ "59s,false", "1m,true", "400d,true", "401d,false", "-1h,false" })
	void denyForThenOneMinuteTo400Days(String time, boolean allowed) {
		assertThat(bind("deny-for=" + time).problems("l").isEmpty()).isEqualTo(allowed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "whsec_", "whsec_AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
			"whsec_%AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "WHSEC_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
			"secret", "whsk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" })
	void secretWhenItIsNoneThenOneLineWithoutIt(String value) {
		assertThat(bind("webhook-secrets[0].value=" + value).problems("l")).containsExactly(NO_SECRET);
	}

	@Test
	void secretWhenTooShortOrTooLongThenRefused() {
		assertThat(bind("webhook-secrets[0].value=" + secret(23)).problems("l")).containsExactly(NO_SECRET);
		assertThat(bind("webhook-secrets[0].value=" + secret(65)).problems("l")).containsExactly(NO_SECRET);
	}

	@Test
	void secretWhenMissingOrBothOrUnreadableThenOneLineForEach() {
		assertThat(bind("webhook-secrets[0].value= ", "webhook-secrets[1].file=nowhere",
				"webhook-secrets[2].value=" + secret(32), "webhook-secrets[2].file=nowhere")
			.problems("l"))
			.containsExactly(
					"l.webhook-secrets[0].value: is missing, expected whsec_ and the base64 of 24 to 64 bytes,"
							+ " either as value or as file",
					"l.webhook-secrets[1].file: the file nowhere cannot be read as text",
					"l.webhook-secrets[2].file: there is a value too, expected one of both");
	}

	private static String secret(int bytes) {
		return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
	}

	private static LogoutProperties bind(String... lines) {
		Map<String, String> properties = new LinkedHashMap<>();
		for (String line : lines) {
			int end = line.indexOf('=');
			properties.put("logout." + line.substring(0, end), line.substring(end + 1));
		}
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("logout",
				LogoutProperties.class);
	}

}
