package dev.ablyauth.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.ablyauth.Skip;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.NodeModules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo app of docker-compose.yml and the server with the settings that it has there,
 * in a browser.
 */
class DemoPageTests {

	private static Chromium chromium;

	private static AblyStandIn ably;

	private static TestServer server;

	private static DemoApp app;

	private static String origin;

	@BeforeAll
	static void start() throws IOException {
		Optional<Path> folder = NodeModules.folder();
		Skip.unless(folder.isPresent(), "no node and npm here, so the demo app cannot run");
		chromium = Chromium.start();
		ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}");
		int port = DemoApp.freePort();
		origin = "http://localhost:" + port;
		server = TestServer.startWith(Files.readString(Path.of("examples", "demo", "policy.yml")),
				"ably-auth.sessions.forward.url=" + origin + "/api/me",
				"ably-auth.sessions.forward.cookie-names=demo.sid", "ably-auth.sessions.forward.expires=/expires",
				"ably-auth.sessions.jwt[0].user-id-prefix=jwt-", "ably-auth.web.allowed-origins=" + origin);
		app = DemoApp.start(folder.orElseThrow(), port, "http://localhost:" + server.port(), """
				{"endpoint":"localhost","port":%d,"tls":false,"useBinaryProtocol":false,\
				"disableConnectivityCheck":true,"transports":["web_socket"]}""".formatted(ably.port()));
	}

	@AfterAll
	static void stop() throws InterruptedException {
		if (app != null) {
			assertThat(app.stop()).isTrue();
			app.close();
			server.close();
			ably.close();
			chromium.close();
		}
	}

	@Test
	void signInThenConnectsTalksAndTheSessionIsInRedis() {
		try (BrowserContext context = chromium.browser().newContext()) {
			Page page = open(context, "ann");
			assertThat(page.locator("#connection")).hasText("ann: connected");
			assertThat(page.locator("#capability")).containsText("\"team:red:*\"");
			page.locator("#text").fill("good morning");
			page.locator("#form button").click();
			assertThat(page.locator("#messages li")).hasText("ann: good morning");
			assertThat(app.keys()).isPositive();
		}
	}

	@Test
	void signInWhenSuspendedThenTheRefusalIsShown() {
		try (BrowserContext context = chromium.browser().newContext()) {
			Page page = open(context, "eve");
			assertThat(page.locator("#capability")).hasText("403 Your account is suspended.");
			assertThat(page.locator("#connection")).containsText("eve: failed");
		}
	}

	private static Page open(BrowserContext context, String user) {
		Page page = context.newPage();
		page.navigate(origin);
		page.locator("#people button", new Page.LocatorOptions().setHasText(user)).click();
		return page;
	}

}
