package dev.ablyauth.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Somebody else answers by TLS, with a certificate that nobody vouches for.
 */
class ForeignCertificateTests {

	private final AtomicInteger requests = new AtomicInteger();

	@TempDir
	private Path folder;

	private HttpsServer server;

	@BeforeEach
	void start() throws Exception {
		this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setHttpsConfigurator(new HttpsConfigurator(new OwnCertificate(this.folder, "localhost").tls()));
		this.server.createContext("/", (exchange) -> {
			this.requests.incrementAndGet();
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void keysWhenTheCertificateIsOfNobodyKnownThenNotAskedFor() {
		assertThatExceptionOfType(JwksUnavailableException.class).isThrownBy(() -> new HttpFetcher().get(uri("/jwks")));
		assertThat(this.requests).hasValue(0);
	}

	@Test
	void sessionWhenTheCertificateIsOfNobodyKnownThenNothingIsSent() {
		try (SessionServer app = SessionServer.start(SessionServer.json(200, "{}"))) {
			ForwardSessions sessions = TestServices.forward(new MutableClock(Instant.now()), app, "url=" + uri("/me"));
			assertThat(TestServices.outcome(sessions, TestCredentials.cookie("sid", "s1")))
				.isEqualTo("session-source-down");
			assertThat(this.requests).hasValue(0);
		}
	}

	private URI uri(String path) {
		return URI.create("https://localhost:" + this.server.getAddress().getPort() + path);
	}

}
