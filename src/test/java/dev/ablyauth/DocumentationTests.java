package dev.ablyauth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.ablyauth.policy.InvalidPolicyException;
import dev.ablyauth.policy.TestPolicies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the documents say is true of the code.
 */
class DocumentationTests {

	private static final Pattern POLICY = Pattern
		.compile("```yaml\\n((?:#[^\\n]*\\n|\\n)*(?:client-id|ttl|rules):.*?)```", Pattern.DOTALL);

	/** What is said of a file, and the file. */
	private static final Pattern ERRORS = Pattern.compile("```\\n(file:.*?)```.*?```yaml\\n(.*?)```", Pattern.DOTALL);

	private static final Pattern SETTINGS = Pattern.compile("```yaml\\n(ably-auth:\\n.*?)```", Pattern.DOTALL);

	private static final Pattern SETTING = Pattern.compile("^\\| `([a-z].*?)` \\|.*$", Pattern.MULTILINE);

	@Test
	void settingsThenEachIsInTheTableAndNoOther() throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		String table = readme.substring(readme.indexOf("## Settings"), readme.indexOf("## The policy"));
		List<String> documented = SETTING.matcher(table).results().map((match) -> match.group(1)).toList();
		assertThat(documented).containsExactlyInAnyOrderElementsOf(SettingNames.all());
	}

	/** Each block alone, with secrets in the place of what the environment would say. */
	@Test
	void settingsInTheDocumentOfSessionsThenCanBeUsed() throws IOException {
		List<String> blocks = SETTINGS.matcher(Files.readString(Path.of("docs/sessions.md")))
			.results()
			.map((match) -> match.group(1).replaceAll("\\$\\{[A-Z_]+}", "x".repeat(48)))
			.toList();
		assertThat(blocks).isNotEmpty();
		for (String block : blocks) {
			assertThat(bind(block).problems(RunMode.SERVER)).as(block)
				.noneMatch((line) -> line.startsWith("ably-auth.sessions") || line.startsWith("ably-auth.web"));
		}
	}

	@Test
	void settingsInTheDocumentOfKeysThenAreSuch() throws IOException {
		List<String> blocks = SETTINGS.matcher(Files.readString(Path.of("docs/operations/keys.md")))
			.results()
			.map((match) -> match.group(1).replaceAll("\\$\\{[A-Z_]+}", "app.key:abcdefgh"))
			.toList();
		assertThat(blocks).isNotEmpty().allSatisfy((block) -> assertThat(bind(block).keys()).hasSize(3));
	}

	private static AuthServerProperties bind(String yaml) throws IOException {
		var sources = new YamlPropertySourceLoader().load("docs",
				new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
		return new Binder(ConfigurationPropertySources.from(sources))
			.bind("ably-auth", Bindable.of(AuthServerProperties.class),
					new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
			.get();
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "docs/policy.md", "docs/sessions.md" })
	void policiesThenCanBeRead(String file) throws IOException {
		String text = Files.readString(Path.of(file));
		int wrongOnPurpose = text.indexOf("## Errors");
		List<String> policies = POLICY.matcher((wrongOnPurpose < 0) ? text : text.substring(0, wrongOnPurpose))
			.results()
			.map((MatchResult match) -> match.group(1))
			.filter((yaml) -> yaml.contains("rules:"))
			.toList();
		assertThat(policies).isNotEmpty().allSatisfy((yaml) -> assertThat(TestPolicies.read(yaml).hash()).isNotEmpty());
	}

	@Test
	void auditLinesThenHaveTheVersionOfThePolicyAbove() throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		MatchResult policy = POLICY.matcher(readme).results().findFirst().orElseThrow();
		String version = "policy=" + TestPolicies.read(policy.group(1)).hash();
		assertThat(readme.lines().filter((line) -> line.startsWith("decision=") && line.contains("user="))).hasSize(2)
			.allSatisfy((line) -> assertThat(line).endsWith(version));
	}

	@Test
	void errorsThenAreWhatTheReaderSaysOfTheFileBelow() throws IOException {
		String text = Files.readString(Path.of("docs/policy.md"));
		List<MatchResult> shown = ERRORS.matcher(text.substring(text.indexOf("## Errors"))).results().toList();
		assertThat(shown).hasSize(2)
			.allSatisfy((pair) -> assertThat(pair.group(1).lines().toList()).isEqualTo(problems(pair.group(2))));
	}

	private static List<String> problems(String yaml) {
		List<String> lines = new ArrayList<>();
		assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(() -> TestPolicies.read(yaml))
			.satisfies((ex) -> ex.problems().forEach((problem) -> lines.add("file:./policy.yml: " + problem)));
		return lines;
	}

}
