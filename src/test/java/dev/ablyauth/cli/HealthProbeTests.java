package dev.ablyauth.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import dev.ablyauth.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The health check of the image tells a server that is ready from anything else.
 */
class HealthProbeTests {

	@Test
	void isReadyWhenTheServerIsThenYesAndElsewhereNo() {
		try (TestServer server = TestServer.start()) {
			assertThat(HealthProbe.isReady(server.uri("/readyz").toString())).isTrue();
			assertThat(HealthProbe.isReady(server.uri("/livez").toString())).isTrue();
			assertThat(HealthProbe.isReady(server.uri("/api/ably-jwt").toString())).isFalse();
		}
	}

	@Test
	void isReadyWhenNobodyListensThenNo() throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
		assertThat(HealthProbe.isReady("http://127.0.0.1:" + port + "/readyz")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "readyz", "http://", "file:/dev/null", "mailto:a@example.com", "http://a b/" })
	void isReadyWhenTheAddressIsNoneThenNo(String address) {
		assertThat(HealthProbe.isReady(address)).isFalse();
	}

}
