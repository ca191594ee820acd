package dev.ablyauth.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.ablyauth.TestServer;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The OpenAPI file against the routes of the running server, and against itself.
 */
class OpenApiTests {

	private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

	private final Map<?, ?> file = read();

	@Test
	void pathsThenThoseOfTheServerAndNoOthers() {
		Set<String> served = new TreeSet<>();
		try (TestServer server = TestServer.start(AdminTokens.settings())) {
			server.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
				.getHandlerMethods()
				.keySet()
				.forEach((route) -> addAll(route, served));
		}
		served.removeIf((route) -> Stream.of(" /api/", " /admin/", " /logout/").noneMatch(route::contains));
		served.removeIf((route) -> route.contains("/admin/probe"));
		Set<String> written = new TreeSet<>();
		paths().forEach((path, operations) -> ((Map<?, ?>) operations).keySet().forEach((name) -> {
			if (METHODS.contains(name)) {
				written.add(name.toString().toUpperCase(Locale.ROOT) + " " + path);
			}
		}));
		assertThat(written).hasSizeGreaterThan(15).isEqualTo(served);
	}

	private static void addAll(RequestMappingInfo route, Set<String> all) {
		route.getPatternValues()
			.forEach((path) -> route.getMethodsCondition()
				.getMethods()
				.forEach((method) -> all.add(method + " " + path)));
	}

	@Test
	void referencesThenEachLeadsToSomething() {
		assertReferences(this.file);
	}

	private void assertReferences(Object node) {
		if (node instanceof Map<?, ?> object) {
			if (object.get("$ref") instanceof String reference) {
				Object target = this.file;
				for (String step : reference.substring(2).split("/", -1)) {
					target = Objects.requireNonNull(((Map<?, ?>) target).get(step), reference);
				}
			}
			object.values().forEach(this::assertReferences);
		}
		else if (node instanceof List<?> list) {
			list.forEach(this::assertReferences);
		}
	}

	@Test
	void operationsThenEachSaysWhatItDoesAndWhoMay() {
		paths().forEach((path, operations) -> ((Map<?, ?>) operations).forEach((name, operation) -> {
			if (METHODS.contains(name)) {
				Set<?> members = ((Map<?, ?>) operation).keySet();
				assertThat(members.contains("summary") && members.contains("responses")).as("%s", path).isTrue();
				assertThat(members.contains("security")
						|| Set.of("/api/guest", "/logout/back-channel", "/logout/webhook").contains(path))
					.as("%s", path)
					.isTrue();
			}
		}));
	}

	private Map<?, ?> paths() {
		return Objects.requireNonNull((Map<?, ?>) this.file.get("paths"));
	}

	private static Map<?, ?> read() {
		try {
			Object text = new Yaml(new SafeConstructor(new LoaderOptions()))
				.load(Files.readString(Path.of("docs/openapi.yml")));
			if (text instanceof Map<?, ?> object) {
				return object;
			}
			throw new AssertionError("no object");
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
