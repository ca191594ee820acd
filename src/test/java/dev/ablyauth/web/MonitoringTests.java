package dev.ablyauth.web;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.ablyauth.TestServer;
import dev.ablyauth.session.SessionServer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Dashboard, alert rules and the table of meters speak of meters and labels that a real
 * server has.
 */
class MonitoringTests {

	private static final Path OPERATIONS = Path.of("docs", "operations");

	/** A series of the scrape: its name and its labels. */
	private static final Pattern SERIES = Pattern.compile("^([a-z_]+)(?:\\{(.*)})? [^ ]+$", Pattern.MULTILINE);

	private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~|!~|!=|=)\"");

	/** A selector of an expression. */
	private static final Pattern SELECTOR = Pattern.compile("([a-z][a-z_]*)\\{([^}]*)}");

	/** A name in an expression that no parenthesis follows, so no function. */
	private static final Pattern NAME = Pattern.compile("\\b[a-z][a-z_]*_[a-z_]+\\b(?! *\\()");

	/** How a variable of a dashboard asks for the values of a label. */
	private static final Pattern LABEL_VALUES = Pattern
		.compile("label_values\\(([a-z][a-z_]*)(?:\\{[^}]*})?, *([a-z_]+)\\)");

	private static final Pattern ROW = Pattern.compile("^\\| `([a-z.]+)` \\| ([^|]*)\\|", Pattern.MULTILINE);

	/** What Prometheus itself knows of each target. */
	private static final Set<String> OF_PROMETHEUS = Set.of("up", "job", "instance");

	private static final Set<String> OF_BOOT = Set.of("jvm", "process", "system", "disk", "logback", "application",
			"executor", "http", "tomcat", "jdbc", "hikaricp");

	private static SessionServer app;

	private static TestServer server;

	private static String scrape = "";

	@BeforeAll
	static void start() throws IOException {
		app = SessionServer.start(SessionServer.silent());
		Path shadow = Files.createTempFile("shadow", ".yml");
		shadow.toFile().deleteOnExit();
		Files.writeString(shadow, TestServer.POLICY);
		server = TestServer.start(AdminTokens.settings("ably-auth.shadow-policy=file:" + shadow,
				"ably-auth.rate-limit.per-user=5/1h", "ably-auth.keys[0].capability={\"notify:*\":[\"*\"]}",
				"ably-auth.sessions.forward.url=http://127.0.0.1:" + app.port() + "/me",
				"ably-auth.sessions.forward.user-id-prefix=app-", "ably-auth.sessions.jwt[1].issuer=" + app.uri("/"),
				"ably-auth.sessions.jwt[1].audiences=my-app", "ably-auth.sessions.jwt[1].user-id-prefix=b-",
				"ably-auth.sessions.jwt[1].jwks-uri=" + app.uri("/jwks")));
		for (int i = 0; i < 7; i++) {
			Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.ann());
		}
		Http.get(server.uri("/api/ably-jwt"));
		scrape = Http.get(server.uri("/actuator/prometheus"), "Authorization", "Bearer " + AdminTokens.token("metrics"))
			.body();
	}

	@AfterAll
	static void stop() {
		server.close();
		app.close();
	}

	/** A meter whose name ends with info is always 1 in Prometheus. */
	@Test
	void keysThenOneForWhatAKeyIsUsedForAndZeroForTheRest() {
		assertThat(scrape).containsPattern("key_role\\{key=\"[^\"]+\",role=\"signs\"} 1\\.0")
			.containsPattern("key_role\\{key=\"[^\"]+\",role=\"drains\"} 0\\.0");
	}

	@Test
	void dashboardThenEachMeterAndLabelIsThere() throws IOException {
		List<String> expressions = expressions(dashboard());
		assertThat(expressions).hasSizeGreaterThan(10).anyMatch((expression) -> expression.contains("label_values"));
		assertKnown(expressions);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "sum(rate(tokens_made_up_total{job=\"$job\"}[5m]));tokens_made_up_total",
					"sum by (reason) (rate(tokens_refused_total{made_up=\"x\"}[5m]));made_up",
					"sum(rate(tokens_issued_total[5m]));tokens_issued_total" })
	void dashboardWhenAPanelAsksForWhatIsNotThereThenNoticed(String expression, String what) throws IOException {
		ObjectNode dashboard = dashboard();
		dashboard.withArray("/panels/1/targets").addObject().put("expr", expression);
		assertNoticed(dashboard, what);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "label_values(made_up_info{job=\"$job\"}, instance);made_up_info",
					"label_values(policy_info{job=\"$job\"}, made_up);made_up",
					"label_values(policy_info, instance);policy_info" })
	void dashboardWhenAVariableAsksForWhatIsNotThereThenNoticed(String query, String what) throws IOException {
		ObjectNode dashboard = dashboard();
		dashboard.withArray("/templating/list").addObject().put("type", "query").putObject("query").put("query", query);
		assertNoticed(dashboard, what);
	}

	private static void assertNoticed(ObjectNode dashboard, String what) {
		assertThatThrownBy(() -> assertKnown(expressions(dashboard))).isInstanceOf(AssertionError.class)
			.hasMessageContaining(what);
	}

	private static ObjectNode dashboard() throws IOException {
		return (ObjectNode) new JsonMapper().readTree(Files.readString(OPERATIONS.resolve("grafana-dashboard.json")));
	}

	/**
	 * Of panels, also of those in closed rows, and of the variables that ask Prometheus.
	 */
	private static List<String> expressions(JsonNode dashboard) {
		List<String> expressions = new ArrayList<>(
				dashboard.findValues("expr").stream().map(JsonNode::asString).toList());
		for (JsonNode variable : dashboard.at("/templating/list")) {
			if (variable.path("type").asString().equals("query")) {
				expressions.add(variable.at("/query/query").asString());
			}
		}
		return expressions;
	}

	@Test
	void alertsThenEachMeterAndLabelIsThere() throws IOException {
		List<String> expressions = new ArrayList<>();
		assertThat(Pattern.compile("^ +expr: .", Pattern.MULTILINE)
			.matcher(Files.readString(OPERATIONS.resolve("alerts.yml")))
			.results()
			.count()).isGreaterThan(10);
		collect("expr", new Yaml().load(Files.readString(OPERATIONS.resolve("alerts.yml"))), expressions);
		assertThat(expressions).hasSizeGreaterThan(10);
		assertKnown(expressions);
	}

	/** What somebody reads when it has happened stands above each rule. */
	@Test
	void alertsThenEachHasACommentAndASeverity() throws IOException {
		String[] rules = Files.readString(OPERATIONS.resolve("alerts.yml")).split("\n\n", -1);
		for (String rule : rules) {
			if (rule.contains("- alert:")) {
				assertThat(rule.strip()).startsWith("#").contains("severity:", "summary:");
			}
		}
	}

	@Test
	void tableThenEachMeterOfTheServerWithItsLabelsAndNoOther() throws IOException {
		String page = Files.readString(OPERATIONS.resolve("metrics.md"));
		Set<String> documented = ROW.matcher(page)
			.results()
			.map((row) -> row.group(1) + " " + labels(row.group(2)))
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> real = new TreeSet<>();
		for (Meter meter : server.bean(MeterRegistry.class).getMeters()) {
			Meter.Id id = meter.getId();
			if (!OF_BOOT.contains(id.getName().substring(0, id.getName().indexOf('.')))) {
				real.add(id.getName() + " "
						+ new TreeSet<>(id.getTags()
							.stream()
							.map(Tag::getKey)
							.filter((key) -> !key.equals("phi") && !key.equals("le"))
							.toList()));
				assertThat(id.getDescription()).as(id.getName()).isNotBlank();
			}
		}
		// Only where keys are remembered in Redis, which is not there.
		real.add("key.memory.dropped []");
		assertThat(documented).isEqualTo(real);
	}

	@Test
	void policyThenOnlyItsPresentVersion() {
		assertThat(SERIES.matcher(scrape).results().filter((series) -> series.group(1).equals("policy_info")))
			.hasSize(2);
	}

	private static Set<String> labels(String cell) {
		return Pattern.compile("`([a-z_]+)`")
			.matcher(cell)
			.results()
			.map((label) -> label.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static void collect(String name, Object yaml, List<String> into) {
		if (yaml instanceof java.util.Map<?, ?> map) {
			map.forEach((key, value) -> {
				if (key.equals(name)) {
					into.add(String.valueOf(value));
				}
				collect(name, value, into);
			});
		}
		else if (yaml instanceof List<?> list) {
			list.forEach((item) -> collect(name, item, into));
		}
	}

	private static void assertKnown(List<String> expressions) {
		List<MatchResult> series = SERIES.matcher(scrape).results().toList();
		Set<String> names = series.stream().map((one) -> one.group(1)).collect(Collectors.toSet());
		assertThat(names).hasSizeGreaterThan(20);
		for (String expression : expressions) {
			SELECTOR.matcher(expression).results().forEach((selector) -> {
				String name = selector.group(1);
				if (!OF_PROMETHEUS.contains(name)) {
					assertThat(names).as(expression).contains(name);
					assertThat(labelsOf(name, series)).as(expression)
						.containsAll(LABEL.matcher(selector.group(2))
							.results()
							.map((label) -> label.group(1))
							.filter((label) -> !OF_PROMETHEUS.contains(label))
							.toList());
				}
			});
			LABEL_VALUES.matcher(expression)
				.results()
				.filter((values) -> !OF_PROMETHEUS.contains(values.group(2)))
				.forEach((values) -> assertThat(labelsOf(values.group(1), series)).as(expression)
					.contains(values.group(2)));
			String bare = SELECTOR.matcher(expression.replaceAll("\"[^\"]*\"", "\"\"")).replaceAll("");
			assertThat(NAME.matcher(bare).results().map(MatchResult::group)).as("without a selector: " + expression)
				.allMatch((word) -> word.equals("group_left") || word.startsWith("__"));
		}
	}

	private static Set<String> labelsOf(String name, List<MatchResult> series) {
		return series.stream()
			.filter((one) -> one.group(1).equals(name) && one.group(2) != null)
			.flatMap((one) -> LABEL.matcher(one.group(2)).results())
			.map((label) -> label.group(1))
			.collect(Collectors.toSet());
	}

}
