package dev.ablyauth.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A collector of traces that is away, and settings of meters that mean nothing or cannot
 * be read.
 */
@Tag("long")
class MetricsAwayTests {

	private static final int SECONDS = 30;

	@ParameterizedTest
	@ValueSource(strings = { "refuses", "never answers" })
	void collectorWhenAwayThenTokensGoOnAndTheServerEndsInTime(String how) throws IOException {
		try (ServerSocket collector = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			int port = how.equals("refuses") ? 1 : collector.getLocalPort();
			try (ServerProcess server = ServerProcess
				.start("management.opentelemetry.enabled=true", "management.tracing.sampling.probability=1.0",
						"management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:" + port + "/v1/traces",
						"management.observations.enable.http.server.requests=true")
				.ready()) {
				long begun = System.nanoTime();
				try (SteadyAsking asking = new SteadyAsking(server.call())) {
					Eventually.pause(5000);
					long threads = server.status("Threads");
					Eventually.pause(SECONDS * 1000L);
					assertThat(server.status("Threads")).isLessThan(threads + 20);
					assertThat(server.call().get("/readyz").status()).isEqualTo(200);
					assertThat(SteadyAsking.statuses(asking.since(begun))).containsOnlyKeys(200);
					System.out.printf("the collector %s: %s, p99 %d ms; the log says:%n", how,
							SteadyAsking.statuses(asking.since(begun)), SteadyAsking.p99(asking.since(begun)));
					server.output()
						.lines()
						.filter((line) -> line.contains("xport"))
						.limit(3)
						.forEach(System.out::println);
				}
				assertThat(server.output()).contains("Failed to export");
				long ended = System.nanoTime();
				server.signal("TERM");
				assertThat(server.exitCode(Duration.ofSeconds(45))).isZero();
				System.out.printf("ended after %d ms%n", (System.nanoTime() - ended) / 1_000_000);
			}
		}
	}

	/** There is one registry, and Boot's settings of others are nobody's. */
	@Test
	void startWhenAnotherRegistryIsSetThenItIsNotThereAndPrometheusIs() {
		try (ServerProcess server = ServerProcess
			.start("management.otlp.metrics.export.url=http://127.0.0.1:1/v1/metrics",
					"management.influx.metrics.export.uri=http://127.0.0.1:1",
					"management.nonsense.metrics.export.enabled=true")
			.ready()) {
			assertThat(server.call().token("ann").status()).isEqualTo(200);
			assertThat(server.call().get("/actuator/prometheus").body()).contains("tokens_issued_total");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.prometheus.metrics.export.step=often",
			"management.prometheus.metrics.export.descriptions=perhaps",
			"management.opentelemetry.tracing.export.otlp.timeout=long" })
	void startWhenASettingCannotBeReadThenNoneAndItIsNamed(String setting) {
		ServerProcess.Ended ended = ServerProcess.run(ServerProcess.Way.USUAL, "management.opentelemetry.enabled=true",
				setting);
		assertThat(ended.code()).as(ended.output()).isEqualTo(1);
		assertThat(ended.output()).contains(setting.substring(0, setting.indexOf('=')));
	}

}
