package dev.ablyauth.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GuestPropertiesTests {

	private static final String SECRET = "a guest secret of thirty-two byt";

	@TempDir
	private Path folder;

	@Test
	void bindWhenNothingIsSetThenThereAreNoGuests() {
		assertThat(TestSessions.settings().guests()).isEqualTo(
				new GuestProperties(false, "__Host-ably-guest", null, null, Duration.ofDays(30), "guest-", "Lax"));
	}

	@Test
	void bindWhenAllIsSetThenMapped() {
		assertThat(guests("enabled=true", "cookie-name=__Host-g", "secret=" + SECRET, "secret-file=/run/secrets/g",
				"ttl=1d", "id-prefix=g.", "cookie-same-site=None"))
			.isEqualTo(new GuestProperties(true, "__Host-g", SECRET, Path.of("/run/secrets/g"), Duration.ofDays(1),
					"g.", "None"));
	}

	@Test
	void toStringThenHidesTheSecret() {
		assertThat(guests("secret=" + SECRET).toString()).contains("Guest").doesNotContain(SECRET);
	}

	@Test
	void problemsWhenOffThenNone() {
		assertThat(guests("secret=short", "ttl=1s", "id-prefix=").problems("guests")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "ttl=1h", "ttl=400d", "id-prefix=g", "id-prefix=Guest_1.x-",
			"cookie-name=__Host-a", "cookie-same-site=None" })
	void problemsWhenAllIsRightThenNone(String line) {
		assertThat(problems("secret=" + SECRET, line)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "cookie-name; cookie-name=ably-guest", "cookie-name; cookie-name=__Host-",
					"cookie-name; cookie-name=__host-a", "cookie-name; cookie-name=__Host-a b",
					"cookie-name; cookie-name=__Secure-a", "ttl; ttl=59m", "ttl; ttl=401d", "ttl; ttl=-1d",
					"id-prefix; id-prefix=", "id-prefix; id-prefix=guest:", "id-prefix; id-prefix=g*",
					"id-prefix; id-prefix=g\u00e9", "id-prefix; id-prefix=ggggggggggggggggggggggggggggggggg",
					"cookie-same-site; cookie-same-site=Strict", "cookie-same-site; cookie-same-site=none" })
	void problemsWhenValueCouldNeverWorkThenNamed(String property, String line) {
		assertThat(problems("secret=" + SECRET, line)).singleElement()
			.asString()
			.startsWith("sessions.guests." + property + ": ");
	}

	@Test
	void problemsWhenThereIsNoSecretThenNamed() {
		assertThat(problems()).containsExactly("sessions.guests.secret: is missing, expected 32 bytes or more,"
				+ " either as secret or as secret-file");
		assertThat(problems("secret= ")).singleElement().asString().contains("secret: is missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "thirty-one bytes are not enough", "thirty-one bytes are not enough " })
	void problemsWhenSecretIsShortThenNamedAndNotShown(String secret) {
		assertThat(problems("secret=" + secret))
			.containsExactly("sessions.guests.secret: is shorter than 32 bytes, RFC 7518 3.2 asks for that");
	}

	@Test
	void secretWhenInAFileThenReadWithoutTheLineBreakAtItsEnd() throws IOException {
		Path file = Files.writeString(this.folder.resolve("secret"), SECRET + "\n");
		assertThat(problems("secret-file=" + file)).isEmpty();
		assertThat(guests("secret-file=" + file).secretText()).isEqualTo(SECRET);
	}

	@Test
	void problemsWhenFileCannotServeThenNamed() throws IOException {
		Path absent = this.folder.resolve("absent");
		assertThat(problems("secret-file=" + absent))
			.containsExactly("sessions.guests.secret-file: the file " + absent + " cannot be read as text");
		Path noText = Files.write(this.folder.resolve("bytes"), new byte[] { (byte) 0xff, (byte) 0xfe });
		assertThat(problems("secret-file=" + noText)).singleElement().asString().contains("cannot be read as text");
		Path empty = Files.createFile(this.folder.resolve("empty"));
		assertThat(problems("secret-file=" + empty)).singleElement().asString().contains("secret-file: is shorter");
		assertThat(problems("secret-file=" + empty, "secret=" + SECRET)).singleElement()
			.asString()
			.contains("expected one of both")
			.doesNotContain(SECRET);
	}

	@Test
	void problemsWhenForwardHasWhatIsOfGuestsThenNamed() {
		for (String line : new String[] { "forward.cookie-names=__Host-ably-guest",
				"forward.forward-headers=Cookie,x-ably-auth-guest" }) {
			assertThat(TestSessions
				.settings("guests.enabled=true", "guests.secret=" + SECRET, "forward.url=https://app.example/me",
						"forward.cookie-names=sid", line)
				.problems("sessions")).singleElement()
				.asString()
				.startsWith("sessions.forward: has the cookie or the header of guests");
		}
	}

	/** A live page may have nobody but guests. */
	@Test
	void problemsWhenThereAreOnlyGuestsThenNone() {
		assertThat(TestSessions.settings("guests.enabled=true", "guests.secret=" + SECRET).problems("sessions"))
			.isEmpty();
		assertThat(TestSessions.settings("guests.secret=" + SECRET).problems("sessions")).singleElement()
			.asString()
			.startsWith("sessions: is missing");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "user-id-prefix=guest-; jwt[0].user-id-prefix: begins with the id-prefix of guests",
					"user-id-prefix=guest-x:; jwt[0].user-id-prefix: begins with the id-prefix of guests",
					"issuer=ably-auth-server/guest; jwt[0]: has the issuer, the secret or the cookie-name of guests",
					"cookie-name=__Host-ably-guest; jwt[0]: has the issuer, the secret or the cookie-name of guests",
					"secret=a guest secret of thirty-two byt; jwt[0]: has the issuer, the secret or" })
	void problemsWhenAnIssuerIsNotKeptApartFromGuestsThenNamed(String line, String problem) {
		assertThat(issuerAndGuests(true, line)).singleElement().asString().startsWith("sessions." + problem);
		assertThat(issuerAndGuests(false, line)).isEmpty();
	}

	@Test
	void problemsWhenAnIssuerIsKeptApartFromGuestsThenNone() {
		assertThat(issuerAndGuests(true, "user-id-prefix=gues")).isEmpty();
		assertThat(issuerAndGuests(true, "cookie-name=session")).isEmpty();
	}

	@Test
	void problemsWhenAnyCookieIsOneOfTheAppThenNamed() {
		assertThat(guestsAndApp("forward.cache=2s")).singleElement()
			.asString()
			.startsWith("sessions.forward.cookie-names: is missing");
		assertThat(guestsAndApp("forward.cookie-names=sid")).isEmpty();
		assertThat(guestsAndApp("forward.forward-headers=Authorization")).isEmpty();
	}

	private static List<String> guestsAndApp(String line) {
		return TestSessions
			.settings("guests.enabled=true", "guests.secret=" + SECRET, "forward.url=https://app.example.com/me", line)
			.problems("sessions");
	}

	private static List<String> issuerAndGuests(boolean enabled, String line) {
		return TestSessions
			.settings("jwt[0].issuer=https://a.example", "jwt[0].audiences=a",
					"jwt[0].secret=the secret of the app and of nobody", "guests.enabled=" + enabled,
					"guests.secret=" + SECRET, "jwt[0]." + line)
			.problems("sessions");
	}

	private static List<String> problems(String... lines) {
		List<String> all = new ArrayList<>(
				List.of("guests.enabled=true", "jwt[0].issuer=https://a.example", "jwt[0].audiences=a"));
		Stream.of(lines).forEach((line) -> all.add("guests." + line));
		return TestSessions.settings(all.toArray(String[]::new)).problems("sessions");
	}

	private static GuestProperties guests(String... lines) {
		return TestSessions.settings(Stream.of(lines).map((line) -> "guests." + line).toArray(String[]::new)).guests();
	}

}
