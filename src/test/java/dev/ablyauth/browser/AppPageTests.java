package dev.ablyauth.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.ablyauth.Skip;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.NodeModules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * ably-js in a page of another origin, with a cookie and with a bearer.
 */
class AppPageTests {

	private static final String CONNECT = """
			async ({ authUrl, authHeaders, port }) => {
			  const client = new Ably.Realtime({ authUrl, authHeaders, endpoint: "localhost", port, tls: false,
			    useBinaryProtocol: false, disableConnectivityCheck: true, transports: ["web_socket"] });
			  window.client = client;
			  const change = await Promise.race(["connected", "disconnected", "failed"]
			    .map((state) => new Promise((resolve) => client.connection.once(state, resolve))));
			  return [change.current, client.auth.clientId ?? "", String(change.reason?.cause?.code ?? "")].join(" ");
			}
			""";

	private static final String ATTACH = """
			(channel) => window.client.channels.get(channel).attach().then(() => "attached", (error) => String(error.code))
			""";

	private static final String READ = """
			(url) => fetch(url, { credentials: "include" }).then((answer) => answer.text(), () => "not readable")
			""";

	private static Chromium chromium;

	private static AppPage app;

	private TestServer server;

	private AblyStandIn ably;

	private BrowserContext context;

	private Page page;

	@BeforeAll
	static void startBrowser() {
		Optional<Path> folder = NodeModules.folder();
		Skip.unless(folder.isPresent(), "no node and npm here to fetch ably-js");
		chromium = Chromium.start();
		app = new AppPage(folder.orElseThrow());
	}

	@AfterAll
	static void stopBrowser() {
		if (app != null) {
			app.close();
			chromium.close();
		}
	}

	@BeforeEach
	void start() {
		this.server = TestServer.start("ably-auth.web.allowed-origins=" + app.origin("localhost"));
		this.ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}");
		this.context = chromium.browser().newContext();
		this.page = this.context.newPage();
		this.page.navigate(app.origin("localhost") + "/");
	}

	@AfterEach
	void stop() {
		this.context.close();
		this.ably.close();
		this.server.close();
	}

	@Test
	void connectWithBearerThenConnectedAndHeldToThePolicy() {
		assertThat(connect("Bearer " + TestServer.ann())).isEqualTo("connected ann ");
		assertThat(this.page.evaluate(ATTACH, "team:red:general")).isEqualTo("attached");
		assertThat(this.page.evaluate(ATTACH, "team:blue:general")).isEqualTo("40160");
	}

	@Test
	void connectWithCookieThenConnectedAndRenewed() {
		addCookie();
		assertThat(connect("cookie")).isEqualTo("connected ann ");
		assertThat(this.page.evaluate(ATTACH, "team:red:general")).isEqualTo("attached");
		this.page.evaluate("() => { window.updated = new Promise((r) => client.connection.once('update', r)); }");
		this.ably.askForReauth();
		this.page.evaluate("() => window.updated.then(() => true)");
		this.ably.awaitAccepted(2);
	}

	@Test
	void connectWithoutSessionThenKeepsTryingAndSeesWhy() {
		assertThat(connect("cookie")).isEqualTo("disconnected  40100");
	}

	@Test
	void connectWhenDeniedThenFailedAndSeesWhy() {
		assertThat(connect("Bearer " + TestServer.session("eve", Map.of("suspended", true))))
			.isEqualTo("failed  40300");
	}

	@Test
	void readWithCookieFromAForeignPageThenNothingIsIssued() {
		addCookie();
		String url = this.server.uri("/api/ably-jwt").toString().replace("127.0.0.1", "localhost");
		assertThat((String) this.page.evaluate(READ, url)).startsWith("eyJ");
		this.page.navigate(app.origin("127.0.0.1") + "/");
		assertThat(this.page.evaluate(READ, url)).isEqualTo("not readable");
		assertThat(this.page.evaluate("(url) => new Promise((r) => { const s = document.createElement('script');"
				+ " s.src = url; s.onload = () => r('loaded'); s.onerror = () => r('refused'); document.head.append(s); })",
				url))
			.isEqualTo("refused");
	}

	private String connect(String authorization) {
		String url = this.server.uri("/api/ably-jwt").toString().replace("127.0.0.1", "localhost");
		return (String) this.page.evaluate(CONNECT, Map.of("authUrl", url, "authHeaders",
				Map.of("authorization", authorization), "port", this.ably.port()));
	}

	/**
	 * As the app's login would leave it, and as the widest that a browser still sends.
	 */
	private void addCookie() {
		this.context.addCookies(List.of(new Cookie("session", TestServer.ann()).setDomain("localhost")
			.setPath("/")
			.setSecure(true)
			.setHttpOnly(true)
			.setSameSite(SameSiteAttribute.NONE)));
	}

}
