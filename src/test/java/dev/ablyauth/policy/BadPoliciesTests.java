package dev.ablyauth.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.ablyauth.ably.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Files with every kind of error that the reader knows, each beside the whole text that
 * its author gets to read. After a change of the messages, write that text anew with
 * {@code -Dgolden.write=true} and read the difference.
 */
class BadPoliciesTests {

	@TempDir
	private Path made;

	static List<Path> files() {
		return TestPolicies.files("bad-policies");
	}

	static List<Path> goodFiles() {
		return TestPolicies.files("good-policies");
	}

	@ParameterizedTest
	@MethodSource("files")
	void loadWhenThereAreErrorsThenTheirAuthorReadsThis(Path file) throws IOException {
		Path golden = Path.of(file.toString().replace(".yml", ".txt"));
		String told = told(file);
		if (Boolean.getBoolean("golden.write")) {
			Files.writeString(golden, told);
		}
		assertThat(told).isEqualTo(Files.readString(golden));
	}

	@ParameterizedTest
	@MethodSource("goodFiles")
	void loadWhenThereAreNoErrorsThenTaken(Path file) {
		assertThat(TestPolicies.check(new PolicyFile(file.toString()).text()).problems()).isEmpty();
	}

	@Test
	void documentThenShowsWhatIsTold() throws IOException {
		String text = Files.readString(Path.of("docs/policy.md"));
		String[] blocks = text.substring(text.indexOf("## Errors")).split("```(yaml)?\\n", -1);
		assertThat(blocks[1]).isEqualTo(told(blocks[3]).replaceAll("(?m)^line", "file:./policy.yml: line"));
	}

	@Test
	void loadWhenTheFileIsTooLargeThenRefused() throws IOException {
		assertThat(told("rules: []\n#" + "x".repeat(1024 * 1024)))
			.isEqualTo("line 1, column 1: the file has 1048587 characters, at most 1048576 are allowed\n");
		assertThat(told("x".repeat(4 * 1024 * 1024 + 1)))
			.isEqualTo("line 1, column 1: the file is larger than 4194304 bytes\n");
	}

	@Test
	void loadWhenThereAreTooManyRulesThenTheFirstTooManyIsTold() throws IOException {
		String rules = IntStream.rangeClosed(0, 2000)
			.mapToObj((i) -> "  - {name: r" + i + ", grant: [{channel: a, operations: publish}]}\n")
			.collect(Collectors.joining());
		assertThat(told("rules:\n" + rules))
			.isEqualTo("line 2002, column 5: there are 2001 rules, at most 2000 are allowed\n");
	}

	@Test
	void loadWhenThereAreTooManyErrorsThenTheRestIsCounted() throws IOException {
		String keys = IntStream.rangeClosed(1, 250).mapToObj((i) -> "key" + i + ": x\n").collect(Collectors.joining());
		assertThat(told(keys + "rules: [{}]\n").lines()).hasSize(201)
			.last()
			.isEqualTo("line 251, column 9: there are 52 more errors; mend these first");
	}

	@Test
	void loadWhenTheFileIsNotUtf8ThenTheFirstSuchByteIsTold() throws IOException {
		assertThat(told(Files.write(this.made.resolve("latin.yml"),
				"rules:\n  - name: M\u00fcnchen\n".getBytes(StandardCharsets.ISO_8859_1))))
			.isEqualTo("line 2, column 12: the byte 0xFC is no character in UTF-8; save the file as UTF-8\n");
		assertThat(told(Files.write(this.made.resolve("utf16.yml"), "rules: []".getBytes(StandardCharsets.UTF_16))))
			.isEqualTo("line 1, column 1: the byte 0xFE is no character in UTF-8; save the file as UTF-8\n");
	}

	@Test
	void loadWhenThereIsNoFileThenRefused() {
		assertThat(told(this.made.resolve("absent.yml"))).isEqualTo("line 1, column 1: there is no such file\n");
		assertThat(told(this.made)).isEqualTo("line 1, column 1: the file cannot be read\n");
	}

	@Test
	void loadWhenTheServerHasNoSecretForPseudonymsThenEachUseIsTold() {
		PolicyLoader loader = new PolicyLoader(new PolicyReader(Operations.standard()), null, Duration.ofSeconds(60));
		InvalidPolicyException found = catchThrowableOfType(InvalidPolicyException.class, () -> loader.load("""
				envelope: ["a:{user.id|pseudonym}"]
				client-id: "{user.id|pseudonym}"
				rules:
				  - name: plain
				    grant: [{ channel: "a:{user.id}", operations: publish }]
				  - name: secret
				    grant: [{ channel: "a:{user.id|pseudonym}", operations: publish }]
				"""));
		assertThat(found.problems()).extracting(PolicyProblem::toString)
			.containsExactly(Stream.of("line 1, column 11", "line 2, column 12", "line 6, column 11")
				.map((place) -> place
						+ ": |pseudonym needs the setting ably-auth.pseudonym-secret, a text of 32 bytes or more")
				.toArray(String[]::new));
	}

	private String told(String yaml) throws IOException {
		return told(Files.writeString(this.made.resolve("made.yml"), yaml));
	}

	private static String told(Path file) {
		PolicyFile policy = new PolicyFile(file.toString());
		InvalidPolicyException found = catchThrowableOfType(InvalidPolicyException.class,
				() -> TestPolicies.loader().load(policy.text()));
		assertThat(found).as(file.toString()).isNotNull();
		return found.getMessage() + "\n";
	}

}
