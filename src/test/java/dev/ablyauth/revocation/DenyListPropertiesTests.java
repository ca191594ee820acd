package dev.ablyauth.revocation;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class DenyListPropertiesTests {

	@Test
	void bindWhenNothingIsSetThenNoListAndAMinute() {
		DenyListProperties settings = bind(Map.of());
		assertThat(settings).isEqualTo(new DenyListProperties(null, null, null, Duration.ofSeconds(60)));
		assertThat(settings.problems("x")).isEmpty();
	}

	@Test
	void bindWhenAllIsSetThenMapped() {
		assertThat(bind(Map.of("d.url", "jdbc:postgresql://db/app", "d.username", "u", "d.password", "p",
				"d.max-staleness", "2m")))
			.isEqualTo(new DenyListProperties("jdbc:postgresql://db/app", "u", "p", Duration.ofMinutes(2)));
	}

	@ParameterizedTest
	@CsvSource({ "url,'',x.url: expected jdbc:sqlite:file", "url,jdbc:sqlite:,x.url: expected",
			"url,jdbc:h2:mem:x,x.url: expected", "url,/data/list.db,x.url: expected",
			"url,jdbc:postgresql://db/app?user=a&password=b,x.url: has a password in it",
			"url,jdbc:postgresql://db/app?sslpassword=b,x.url: has a password in it",
			"username,ann,x.username: a SQLite file has no users", "password,p,x.username: a SQLite file has no users",
			"max-staleness,4s,x.max-staleness: must be from 5s to 24h",
			"max-staleness,25h,x.max-staleness: must be from 5s to 24h" })
	void problemsWhenItCannotWorkThenNamed(String name, String value, String message) {
		DenyListProperties settings = bind(name.equals("url") ? Map.of("d.url", value)
				: Map.of("d.url", "jdbc:sqlite:./target/never.db", "d." + name, value));
		assertThat(settings.problems("x")).singleElement().asString().startsWith(message);
	}

	@Test
	void toStringThenShowsNoPasswordAndNoAddress() {
		assertThat(new DenyListProperties("jdbc:postgresql://db/app", "u", "secret", Duration.ofSeconds(60)).toString())
			.doesNotContain("secret", "db");
	}

	private static DenyListProperties bind(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("d", DenyListProperties.class);
	}

}
