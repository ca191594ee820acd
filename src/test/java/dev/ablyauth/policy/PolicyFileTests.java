package dev.ablyauth.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.ablyauth.ably.Operations;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where a policy is read from.
 */
class PolicyFileTests {

	private static final int MAX_BYTES = 4 * 1024 * 1024;

	private static final String GOOD = "rules: [{name: r, grant: [{channel: a, operations: publish}]}]";

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "", "file:", "file://" })
	void textWhenAPathThenWithOrWithoutFileBeforeIt(String prefix) throws IOException {
		Path file = Files.writeString(this.folder.resolve("policy.yml"), "rules: é");
		assertThat(new PolicyFile(prefix + file).text()).isEqualTo("rules: é");
	}

	@ParameterizedTest
	@ValueSource(strings = { "classpath:ably-vectors.json", "classpath:/ably-vectors.json" })
	void textWhenOnTheClassPathThenFromThere(String location) {
		assertThat(new PolicyFile(location).text()).startsWith("{").contains("\"capability\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "there-is-no-such-file.yml", "classpath:there-is-no-such-file.yml", "\u0000" })
	void textWhenThereIsNoneThenSaid(String location) {
		assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(() -> new PolicyFile(location).text())
			.withMessageMatching("line 1, column 1: (there is no such file|the file cannot be read.*)");
		assertThat(new PolicyFile(location).stamp()).isEqualTo("");
	}

	@Test
	void textWhenItIsNotUtf8ThenSaid() throws IOException {
		Path file = Files.write(this.folder.resolve("policy.yml"), "rules: é".getBytes(StandardCharsets.ISO_8859_1));
		assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(() -> new PolicyFile(file.toString()).text())
			.withMessage("line 1, column 8: the byte 0xE9 is no character in UTF-8; save the file as UTF-8");
	}

	@Test
	void textWhenItIsHugeThenNotRead() throws IOException {
		Path file = Files.writeString(this.folder.resolve("policy.yml"), "#".repeat(MAX_BYTES));
		assertThat(new PolicyFile(file.toString()).text()).hasSize(MAX_BYTES);
		Files.writeString(file, "#".repeat(MAX_BYTES + 1));
		assertUnreadable(new PolicyFile(file.toString()), "the file is larger than " + MAX_BYTES + " bytes");
	}

	@Test
	void stampWhenTheFileChangesThenAnother() throws IOException {
		PolicyFile file = new PolicyFile(this.folder.resolve("policy.yml").toString());
		Files.writeString(this.folder.resolve("policy.yml"), "a");
		Object first = file.stamp();
		assertThat(file.stamp()).isEqualTo(first).isNotEqualTo("");
		Files.writeString(this.folder.resolve("policy.yml"), "ab");
		assertThat(file.stamp()).isNotEqualTo(first);
		assertThat(file).hasToString(this.folder.resolve("policy.yml").toString());
	}

	@Test
	void problemsWhenTheFilesAreGoodThenNone() throws IOException {
		String file = write("policy.yml", GOOD);
		assertThat(problems(file, file, TestPolicies.PSEUDONYM_SECRET)).isEmpty();
		assertThat(problems(file, null, null)).isEmpty();
	}

	@Test
	void problemsThenEachWithItsPropertyOrItsFile() throws IOException {
		String bad = write("bad.yml", "rules: 3");
		assertThat(problems(" ", null, null)).singleElement().asString().startsWith("ably-auth.policy: is missing");
		assertThat(problems(bad, bad, null)).hasSize(2)
			.allSatisfy(
					(problem) -> assertThat(problem).startsWith(bad + ": line 1, column 8: \"rules\" must be a list"));
		assertThat(problems(write("good.yml", GOOD), bad, null)).hasSize(1);
	}

	@Test
	void problemsWhenTheSecretIsShortThenThatFirst() {
		assertThat(problems(" ", null, "x".repeat(31)))
			.containsExactly("ably-auth.pseudonym-secret: must have at least 32 bytes");
	}

	@Test
	void toStringThenHidesTheSecret() {
		PolicyFileProperties properties = new PolicyFileProperties("policy.yml", null, TestPolicies.PSEUDONYM_SECRET,
				Duration.ofSeconds(60));
		assertThat(properties).hasToString("PolicyFileProperties(policy.yml)");
		assertThat(Pseudonyms.by(TestPolicies.PSEUDONYM_SECRET)).hasToString("Pseudonyms(not shown)");
	}

	/** Made with openssl: HMAC-SHA-256 of {@code ann}, the first 16 bytes. */
	@Test
	void pseudonymThenTheBeginningOfTheHmac() {
		assertThat(Pseudonyms.by("0123456789abcdef0123456789abcdef").of("ann")).isEqualTo("B9tbS7pf71PHY_GpyxroLA");
	}

	private String write(String name, String yaml) throws IOException {
		return Files.writeString(this.folder.resolve(name), yaml).toString();
	}

	private static List<String> problems(String file, @Nullable String shadow, @Nullable String secret) {
		return new PolicyFileProperties(file, shadow, secret, Duration.ofSeconds(60)).problems(Operations.standard());
	}

	private static void assertUnreadable(PolicyFile file, String message) {
		assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(file::text)
			.extracting(InvalidPolicyException::problems)
			.isEqualTo(List.of(new PolicyProblem(1, 1, message)));
	}

}
