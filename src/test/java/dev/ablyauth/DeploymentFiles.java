package dev.ablyauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.issuing.TestLiveKeys;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the files with which the server is packaged and run.
 */
final class DeploymentFiles {

	private static final JsonMapper JSON = JsonMapper.shared();

	private DeploymentFiles() {
	}

	static String text(String file) {
		try {
			return Files.readString(Path.of(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** All documents of a YAML text, as JSON. */
	static List<JsonNode> documents(String yaml) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		Iterable<Object> documents = new Yaml(new SafeConstructor(options)).loadAll(yaml);
		return StreamSupport.stream(documents.spliterator(), false)
			.filter((document) -> document != null)
			.map((document) -> JSON.<JsonNode>valueToTree(document))
			.toList();
	}

	static JsonNode yaml(String file) {
		return documents(text(file)).get(0);
	}

	static List<String> texts(JsonNode list) {
		return list.valueStream().map(JsonNode::asString).toList();
	}

	/**
	 * What the server would say of these variables, with the key and the policy found.
	 */
	static List<String> problemsOfVariables(Map<String, String> variables, Map<String, String> secrets) {
		Map<String, Object> all = new HashMap<>(variables);
		StandardEnvironment environment = empty(secrets);
		environment.getPropertySources().addLast(new SystemEnvironmentPropertySource("systemEnvironment", all));
		ConfigurationPropertySources.attach(environment);
		return SettingsCheck.problems(environment, RunMode.SERVER);
	}

	/** What the server would say of such an application.yml. */
	static List<String> problemsOfSettings(String yaml, Map<String, String> secrets) {
		try {
			StandardEnvironment environment = empty(secrets);
			new YamlPropertySourceLoader()
				.load("application.yml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
				.forEach(environment.getPropertySources()::addLast);
			ConfigurationPropertySources.attach(environment);
			return SettingsCheck.problems(environment, RunMode.SERVER);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static StandardEnvironment empty(Map<String, String> secrets) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().remove("systemEnvironment");
		environment.getPropertySources().addLast(new MapPropertySource("secrets", new HashMap<>(secrets)));
		return environment;
	}

	/** A file with a key, as a secret is given. */
	static Path key(Path folder) {
		return TestLiveKeys.write(folder.resolve("ably-api-key"), TestKeys.KEY + "\n");
	}

}
