package dev.ablyauth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.ablyauth.cli.HealthProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the files for containers and systemd say is true of the server, and they give away
 * no right that it can do without.
 */
class DeploymentFilesTests {

	private static final String UNIT = "packaging/systemd/ably-auth-server.service";

	@TempDir
	private Path folder;

	@Test
	void jvmOptionsThenThisJavaKnowsThem() throws IOException, InterruptedException {
		Process java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"@jvm.options", "-version")
			.redirectErrorStream(true)
			.start();
		String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(java.waitFor()).as(output).isZero();
		assertThat(output).doesNotContainIgnoringCase("warning");
	}

	@Test
	void composeThenEachServiceHasFewRights() {
		JsonNode services = DeploymentFiles.yaml("docker-compose.yml").get("services");
		assertThat(services.propertyNames()).containsExactlyInAnyOrder("ably-auth-server", "postgres", "redis", "demo");
		services.forEachEntry((name, service) -> {
			assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
			assertThat(DeploymentFiles.texts(service.path("cap_drop"))).as(name).containsExactly("ALL");
			assertThat(DeploymentFiles.texts(service.path("security_opt"))).as(name).contains("no-new-privileges:true");
			assertThat(service.path("image").asString()).as(name).matches("[a-z-]+:[0-9][0-9.]*(-[a-z]+)?");
			assertThat(service.has("healthcheck") || hasHealthCheck(service)).as(name).isTrue();
			assertThat(service.has("user") || service.has("build")).as(name).isTrue();
			assertThat(service.path("privileged").asBoolean(false)).as(name).isFalse();
			assertThat(DeploymentFiles.texts(service.path("ports"))).as(name)
				.allMatch((port) -> port.startsWith("127.0.0.1:"));
		});
	}

	private static boolean hasHealthCheck(JsonNode service) {
		String build = service.path("build").asString("");
		return !build.isEmpty() && DeploymentFiles.text(build + "/Dockerfile").contains("\nHEALTHCHECK ");
	}

	@Test
	void composeThenSecretsAreFiles() {
		DeploymentFiles.yaml("docker-compose.yml")
			.get("services")
			.forEach((service) -> service.path("environment").forEachEntry((name, value) -> {
				if (name.matches(".*(SECRET|PASSWORD|KEY|KEYS|TOKEN).*")) {
					assertThat(value.asString()).as(name).matches("/run/secrets/.*|\\$\\$\\{[a-z-]+}");
				}
			}));
	}

	@Test
	void composeThenTheServerStartsWithItsSettings() {
		Map<String, String> variables = new TreeMap<>();
		DeploymentFiles.yaml("docker-compose.yml")
			.at("/services/ably-auth-server/environment")
			.forEachEntry((name, value) -> variables.put(name, value.asString().replace("$$", "$")));
		assertThat(variables.keySet()).filteredOn((name) -> name.startsWith("ABLYAUTH_"))
			.hasSizeGreaterThan(5)
			.allMatch(SettingNames::isVariable);
		variables.put("ABLYAUTH_KEYS_0_FILE", DeploymentFiles.key(this.folder).toString());
		variables.replace("ABLYAUTH_POLICY", "file:/app/policy.yml", "file:examples/demo/policy.yml");
		assertThat(DeploymentFiles.problemsOfVariables(variables, Map.of("database-password", "made up"))).isEmpty();
	}

	@Test
	void unitThenItsSettingsExist() {
		List<String> variables = Pattern.compile("^Environment=([A-Z0-9_]+)=", Pattern.MULTILINE)
			.matcher(DeploymentFiles.text(UNIT))
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(variables).contains("SPRING_CONFIG_IMPORT", "JAVA_OPTS")
			.filteredOn((name) -> name.startsWith("ABLYAUTH_"))
			.allMatch(SettingNames::isVariable);
	}

	/**
	 * The server ends by itself before anybody kills it: 3 s, and 25 s at each of two
	 * ports, and 10 s for traces.
	 */
	@Test
	void stopThenThereIsTimeForTheLongestOne() {
		int seconds = 3 + 25 + 25 + 10;
		String chart = DeploymentFiles.yaml("helm/ably-auth-server/values.yaml")
			.get("terminationGracePeriodSeconds")
			.asString();
		String compose = DeploymentFiles.yaml("docker-compose.yml")
			.at("/services/ably-auth-server/stop_grace_period")
			.asString();
		assertThat(DeploymentFiles.text(UNIT)).containsPattern("\nTimeoutStopSec=" + chart + "\n");
		assertThat(compose).isEqualTo(chart + "s");
		assertThat(Integer.parseInt(chart)).isGreaterThan(seconds);
		assertThat(DeploymentFiles.text("docs/operations/running.md"))
			.contains("[" + chart + " s](#how-long-a-stop-takes)");
	}

	@Test
	void unitThenIsHardened() {
		assertThat(DeploymentFiles.text(UNIT).lines()).contains("NoNewPrivileges=yes", "LimitCORE=0",
				"ProtectSystem=strict", "CapabilityBoundingSet=", "DynamicUser=yes",
				"LoadCredential=ably-api-key:/etc/ably-auth-server/ably-api-key");
	}

	@Test
	void sampleSettingsThenAreComplete() {
		DeploymentFiles.key(this.folder);
		String sample = DeploymentFiles.text("packaging/sample/application.yml")
			.replace("${CREDENTIALS_DIRECTORY:/etc/ably-auth-server}", this.folder.toString())
			.replace("/etc/ably-auth-server/policy.yml", "docs/examples/team-chat.yml");
		assertThat(DeploymentFiles.problemsOfSettings(sample, Map.of())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Dockerfile", "examples/demo/Dockerfile" })
	void dockerfileThenRunsAsNobodyInParticular(String file) {
		String text = DeploymentFiles.text(file);
		String last = text.substring(text.lastIndexOf("\nFROM ") + 1);
		assertThat(last).containsPattern("\nUSER ([1-9][0-9]{3,}:[1-9][0-9]{3,}|node)\n")
			.doesNotContainPattern("\n *(CMD|ENTRYPOINT) [^\\[]");
		assertThat(text).doesNotContain(":latest").containsPattern("(CMD|ENTRYPOINT) \\[\"");
	}

	@Test
	void dockerfileThenAsksByAClassThatIsThere() {
		String text = DeploymentFiles.text("Dockerfile");
		assertThat(text).contains("\"" + HealthProbe.class.getName() + "\"]");
		Stream.of(text.split("\n", -1))
			.filter((line) -> line.startsWith("COPY ") && !line.contains("--from="))
			.flatMap((line) -> Pattern.compile(" ((bin/|jvm)[^ ]+)(?= )").matcher(line).results())
			.map((MatchResult match) -> match.group(1))
			.forEach((file) -> {
				assertThat(Path.of(file)).isRegularFile();
				assertThat(DeploymentFiles.text(".dockerignore").lines()).contains("!" + file);
			});
	}

	@Test
	void demoThenHasTheVersionsThatTheTestsHave() {
		JsonNode tested = DeploymentFiles.yaml("src/test/node/package.json").get("dependencies");
		DeploymentFiles.yaml("examples/demo/package.json")
			.get("dependencies")
			.forEachEntry((name, version) -> assertThat(tested.path(name)).as(name).isEqualTo(version));
	}

	/** It runs code of dependencies, so it must not be worth anything to anybody. */
	@Test
	void liveWorkflowThenHasNoRightAndNoSecretAndKeepsTheReport() {
		JsonNode live = DeploymentFiles.yaml(".github/workflows/live.yml");
		assertThat(live.get("permissions").isEmpty()).isTrue();
		assertThat(live.at("/jobs").propertyNames()).containsExactly("live");
		assertThat(live.at("/jobs/live/permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
		assertThat(live.at("/jobs/live/steps/0/with/persist-credentials").asBoolean(true)).isFalse();
		String text = DeploymentFiles.text(".github/workflows/live.yml");
		assertThat(text).doesNotContain("${{", "pull_request")
			.contains("  schedule:\n", "  workflow_dispatch:\n", " -Plive test\n", "path: target/live-report.md\n");
	}

	/** It is root on that machine, so it has no more than that machine. */
	@Test
	void longWorkflowThenHasNoRightAndNoSecretAndNothingIsSkipped() {
		JsonNode all = DeploymentFiles.yaml(".github/workflows/long.yml");
		assertThat(all.get("permissions").isEmpty()).isTrue();
		assertThat(all.at("/jobs").propertyNames()).containsExactly("long");
		assertThat(all.at("/jobs/long/permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
		assertThat(all.at("/jobs/long/steps/0/with/persist-credentials").asBoolean(true)).isFalse();
		String text = DeploymentFiles.text(".github/workflows/long.yml");
		assertThat(text).doesNotContain("${{", "pull_request")
			.contains("  schedule:\n", "  workflow_dispatch:\n", "run: sudo ", " -Plong test\n", "haproxy",
					"libfaketime", "prometheus", "strace", "promtool check rules ", "promtool test rules ");
	}

	@Test
	void workflowsThenActionsHaveVersionsAndNoRightsByDefault() {
		JsonNode release = DeploymentFiles.yaml(".github/workflows/release.yml");
		assertThat(release.get("permissions").isEmpty()).isTrue();
		assertThat(release.at("/jobs/build/permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
		for (String file : List.of("release.yml", "build.yml", "live.yml", "long.yml")) {
			DeploymentFiles.yaml(".github/workflows/" + file)
				.get("jobs")
				.forEach((job) -> job.get("steps")
					.forEach((step) -> assertThat(step.path("uses").asString("x@v1")).matches("[^@]+@v[0-9]+")));
		}
	}

}
