package dev.ablyauth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.ablyauth.policy.TestPolicies;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The chart, linted and rendered by Helm itself, and what comes out.
 */
class HelmChartTests {

	private static final Path CHART = Path.of("helm", "ably-auth-server").toAbsolutePath();

	@TempDir
	private Path folder;

	@BeforeAll
	static void needsHelm() {
		Skip.unless(System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64"),
				"the library with Helm in it is for Linux on amd64, so the chart is not rendered");
	}

	private static TemplateCommand template() {
		return new Helm(CHART).template().withName("auth").withKubeVersion("1.34.0");
	}

	private static JsonNode only(List<JsonNode> documents, String kind) {
		List<JsonNode> found = documents.stream()
			.filter((document) -> document.path("kind").asString().equals(kind))
			.toList();
		assertThat(found).as(kind).hasSize(1);
		return found.get(0);
	}

	private static String data(List<JsonNode> documents, String file) {
		return documents.stream()
			.map((document) -> document.path("data").path(file).asString(""))
			.filter((text) -> !text.isEmpty())
			.findFirst()
			.orElseThrow();
	}

	@Test
	void chartThenHelmFindsNoFault() {
		assertThat(new Helm(CHART).lint().strict().call().getMessages())
			.allMatch((message) -> message.startsWith("[INFO]"));
	}

	@Test
	void chartWhenAsItComesThenTheServerStartsWithItsSettings() {
		List<JsonNode> documents = DeploymentFiles.documents(template().call());
		assertThat(problems(data(documents, "application.yml"))).isEmpty();
		assertThat(TestPolicies.read(data(documents, "policy.yml")).hash()).isNotEmpty();
		assertThat(documents).extracting((document) -> document.path("kind").asString())
			.containsExactlyInAnyOrder("ConfigMap", "ConfigMap", "Deployment", "PodDisruptionBudget", "Service");
	}

	private List<String> problems(String settings) {
		String here = settings
			.replaceAll("/run/secrets/ably-auth/ably-api-key-[0-9]", DeploymentFiles.key(this.folder).toString())
			.replace("/app/policy/policy.yml", "docs/examples/team-chat.yml");
		return DeploymentFiles.problemsOfSettings(here, Map.of("database-password", "made up"));
	}

	/** As an operator writes them, with a time that YAML has a type for. */
	@Test
	void chartWhenAnOldKeyDrainsThenBothAreSettingsAndFilesOfOneVolume() throws IOException {
		Path values = Files.writeString(this.folder.resolve("values.yaml"), """
				apiKeys:
				  - secretName: ably-keys
				    secretKey: current
				    revocableTokens: true
				    capability: '{"talk:*":["publish"]}'
				  - secretName: ably-keys
				    secretKey: previous
				    revocableTokens: true
				    capability: '{"talk:*":["publish"]}'
				    drainUntil: 2099-01-01T00:00:00Z
				""");
		List<JsonNode> documents = DeploymentFiles.documents(template().withValuesFile(values).call());
		String settings = data(documents, "application.yml");
		assertThat(problems(settings)).isEmpty();
		JsonNode keys = DeploymentFiles.documents(settings).get(0).at("/ably-auth/keys");
		assertThat(keys).hasSize(2);
		assertThat(keys.at("/0/revocable-tokens").asBoolean()).isTrue();
		assertThat(keys.at("/0/capability").asString()).isEqualTo("{\"talk:*\":[\"publish\"]}");
		assertThat(keys.at("/0/drain-until").isMissingNode()).isTrue();
		assertThat(keys.at("/1/drain-until").asString()).isEqualTo("2099-01-01T00:00:00Z");
		List<String> files = only(documents, "Deployment").at("/spec/template/spec/volumes")
			.valueStream()
			.flatMap((volume) -> volume.at("/projected/sources").valueStream())
			.filter((source) -> source.at("/secret/name").asString().equals("ably-keys"))
			.map((source) -> source.at("/secret/items/0/key").asString() + " "
					+ source.at("/secret/items/0/path").asString())
			.toList();
		assertThat(files).containsExactly("current ably-api-key-0", "previous ably-api-key-1");
	}

	@Test
	void deploymentThenHasFewRightsAndIsAskedWhetherItIsReady() {
		JsonNode pod = only(DeploymentFiles.documents(template().call()), "Deployment").at("/spec/template/spec");
		assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
		assertThat(pod.at("/securityContext/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
		assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
		JsonNode container = pod.at("/containers/0");
		assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
		assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
		assertThat(DeploymentFiles.texts(container.at("/securityContext/capabilities/drop"))).containsExactly("ALL");
		assertThat(container.at("/livenessProbe/httpGet/path").asString()).isEqualTo("/livez");
		assertThat(container.at("/readinessProbe/httpGet/path").asString()).isEqualTo("/readyz");
		assertThat(container.at("/volumeMounts").valueStream().map((mount) -> mount.path("name")))
			.containsExactlyInAnyOrderElementsOf(
					pod.path("volumes").valueStream().map((volume) -> volume.path("name")).toList());
		assertThat(container.at("/securityContext/runAsUser").isMissingNode() && DeploymentFiles.text("Dockerfile")
			.contains("USER " + pod.at("/securityContext/runAsUser").asInt() + ":")).isTrue();
	}

	@Test
	void chartWhenAllIsOnThenRendered() {
		List<JsonNode> documents = DeploymentFiles.documents(template().set("networkPolicy.enabled", true)
			.set("serviceMonitor.enabled", true)
			.set("serviceMonitor.tokenSecretName", "metrics-token")
			.call());
		assertThat(ports(only(documents, "NetworkPolicy").at("/spec/egress/0/ports"))).containsExactly("53 UDP",
				"53 TCP", "443 TCP", "5432 TCP", "6379 TCP");
		assertThat(only(documents, "ServiceMonitor").at("/spec/endpoints/0/authorization/credentials/name").asString())
			.isEqualTo("metrics-token");
		assertThat(only(documents, "ServiceMonitor").at("/spec/endpoints/0/port").asString()).isEqualTo("http");
		assertThat(only(documents, "NetworkPolicy").at("/spec/ingress")).hasSize(1);
	}

	private static List<String> ports(JsonNode list) {
		return list.valueStream()
			.map((port) -> port.path("port").asString() + " " + port.path("protocol").asString())
			.toList();
	}

	@Test
	void networkPolicyWhenTheAppIsAtAnotherPortThenItIsReached() {
		List<JsonNode> documents = DeploymentFiles.documents(template().set("networkPolicy.enabled", true)
			.set("networkPolicy.egressPorts[0]", 443)
			.set("networkPolicy.egressPorts[1]", 3000)
			.call());
		assertThat(ports(only(documents, "NetworkPolicy").at("/spec/egress/0/ports"))).containsExactly("53 UDP",
				"53 TCP", "443 TCP", "3000 TCP");
	}

	@Test
	void chartWhenThereIsAManagementPortThenAllKnowItAndTheProbesStay() {
		List<JsonNode> documents = DeploymentFiles.documents(template().set("managementPort", 8081)
			.set("networkPolicy.enabled", true)
			.set("serviceMonitor.enabled", true)
			.set("serviceMonitor.tokenSecretName", "metrics-token")
			.call());
		String settings = data(documents, "application.yml");
		assertThat(problems(settings)).isEmpty();
		assertThat(DeploymentFiles.documents(settings).get(0).at("/management/server").toString())
			.isEqualTo("{\"port\":8081,\"address\":\"0.0.0.0\"}");
		JsonNode container = only(documents, "Deployment").at("/spec/template/spec/containers/0");
		assertThat(container.at("/ports/1").toString()).isEqualTo("{\"name\":\"management\",\"containerPort\":8081}");
		assertThat(container.at("/livenessProbe/httpGet/port").asString()).isEqualTo("http");
		assertThat(container.at("/readinessProbe/httpGet/port").asString()).isEqualTo("http");
		assertThat(documents.stream()
			.filter((document) -> document.path("kind").asString().equals("Service"))
			.map((service) -> service.at("/metadata/name").asString() + " " + service.at("/spec/type").asString() + " "
					+ service.at("/spec/ports")))
			.containsExactlyInAnyOrder(
					"auth-ably-auth-server ClusterIP [{\"name\":\"http\",\"port\":80,\"targetPort\":\"http\"}]",
					"auth-ably-auth-server-management ClusterIP [{\"name\":\"management\",\"port\":8081,\"targetPort\":\"management\"}]");
		assertThat(only(documents, "ServiceMonitor").at("/spec/endpoints/0/port").asString()).isEqualTo("management");
		assertThat(only(documents, "NetworkPolicy").at("/spec/ingress/1/ports/0/port").asString())
			.isEqualTo("management");
	}

	@Test
	void chartWhenTheListIsAFileThenItIsOnTheClaimAndOnePodHasItAtATime() throws IOException {
		Path values = Files.writeString(this.folder.resolve("values.yaml"), """
				replicas: 1
				persistence:
				  existingClaim: ably-auth-data
				settings:
				  deny-list: { url: "jdbc:sqlite:/app/data/ably-auth.db", username: null, password: null }
				""");
		List<JsonNode> documents = DeploymentFiles.documents(template().withValuesFile(values).call());
		assertThat(problems(data(documents, "application.yml").replace("/app/data", this.folder.toString()))).isEmpty();
		JsonNode deployment = only(documents, "Deployment");
		assertThat(deployment.at("/spec/strategy").toString()).isEqualTo("{\"type\":\"Recreate\"}");
		assertThat(deployment.at("/spec/template/spec/volumes")
			.valueStream()
			.filter((volume) -> volume.path("name").asString().equals("data"))
			.map(JsonNode::toString))
			.containsExactly("{\"name\":\"data\",\"persistentVolumeClaim\":{\"claimName\":\"ably-auth-data\"}}");
	}

	@ParameterizedTest
	@CsvSource({ "1, '', '', persistence.existingClaim: a deny-list in a SQLite file needs a claim",
			"1, jdbc:sqlite:/app/data/x.db, '', persistence.existingClaim: a deny-list in a SQLite file needs a claim",
			"1, jdbc:sqlite:/tmp/x.db, data, expected a file there", "2, '', '', several replicas need a PostgreSQL",
			"2, jdbc:sqlite:/app/data/x.db, data, a claim is for replicas: 1",
			"2, jdbc:postgresql://h/d, data, a claim is for replicas: 1" })
	void chartWhenTheListWouldBeForgottenThenRefused(int replicas, String url, String claim, String message) {
		assertThatThrownBy(() -> template().set("replicas", replicas)
			.set("settings.deny-list.url", url)
			.set("persistence.existingClaim", claim)
			.call()).hasMessageContaining(message);
	}

	@Test
	void chartWhenTheDrainIsLongThenThePodIsGivenTimeForIt() {
		assertThatThrownBy(() -> template().set("settings.web.drain", "5m").call())
			.hasMessageContaining("terminationGracePeriodSeconds: expected at least 325");
		assertThatThrownBy(() -> template().set("settings.web.drain", "26s").set("managementPort", 8081).call())
			.hasMessageContaining("terminationGracePeriodSeconds: expected at least 76");
		JsonNode pod = only(
				DeploymentFiles.documents(
						template().set("settings.web.drain", "5m").set("terminationGracePeriodSeconds", 325).call()),
				"Deployment")
			.at("/spec/template/spec");
		assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isEqualTo(325);
	}

	@Test
	void deploymentWhenASettingChangesThenItIsRestartedAndNotForThePolicy() {
		String before = checksum(template());
		assertThat(checksum(template().set("settings.token.jitter", 0.2))).isNotEqualTo(before);
		assertThat(checksum(template().set("policy", "rules: []"))).isEqualTo(before);
	}

	private static String checksum(TemplateCommand command) {
		return only(DeploymentFiles.documents(command.call()), "Deployment")
			.at("/spec/template/metadata/annotations/checksum~1settings")
			.asString();
	}

	@ParameterizedTest
	@CsvSource({ "replcas, 3, replcas", "replicas, 0, minimum", "settings.keys, x, keys",
			"settings.deny-list.url, jdbc:sqlite:x, several replicas need a PostgreSQL",
			"serviceMonitor.enabled, true, tokenSecretName", "apiKeys[0].drainUntil, 2099-01-01T00:00:00Z, drainUntil",
			"apiKeys[0].revocable, true, revocable", "secrets[0].name, ably-api-key-0, not",
			"apiKeys[0].drainUntil, soon, drainUntil", "managementPort, 8080, 8080 is the port of the tokens",
			"managementPort, 80, minimum" })
	void chartWhenAValueIsWrongThenRefused(String name, String value, String message) {
		assertThatThrownBy(() -> template().set(name, typed(value)).call())
			.satisfies((ex) -> assertThat(Objects.requireNonNullElse(ex.getMessage(), "")).contains(message));
	}

	private static Object typed(String value) {
		if (value.equals("true")) {
			return true;
		}
		if (value.matches("[0-9]+")) {
			return Integer.valueOf(value);
		}
		return value;
	}

}
