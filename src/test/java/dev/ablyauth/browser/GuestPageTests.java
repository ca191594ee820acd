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
 * A guest in a real browser: the cookie of this server on pages of the app, which are on
 * other origins of the same site and of another one.
 */
class GuestPageTests {

	private static final String POLICY = """
			rules:
			  - name: everybody looks
			    when: user.guest || !user.guest
			    grant:
			      - channel: "live"
			        operations: subscribe
			  - name: people who were guests take over their box
			    when: '!user.guest && has(claims.guestId)'
			    grant:
			      - channel: "box:{claims.guestId}"
			        operations: history
			""";

	private static final String ADMIT = """
			(url) => fetch(url, { method: "POST", credentials: "include" })
			  .then((answer) => answer.json()).then((guest) => guest.guestId, () => "not readable")
			""";

	private static final String CONNECT = """
			async ({ authUrl, authHeaders, clientId, port }) => {
			  const client = new Ably.Realtime({ authUrl, authHeaders, ...(clientId ? { clientId } : {}),
			    endpoint: "localhost", port, tls: false, useBinaryProtocol: false, disableConnectivityCheck: true,
			    transports: ["web_socket"] });
			  window.client = client;
			  const change = await Promise.race(["connected", "disconnected", "failed"]
			    .map((state) => new Promise((resolve) => client.connection.once(state, resolve))));
			  return [change.current, client.auth.clientId ?? "", String(change.reason?.cause?.code ?? "")].join(" ");
			}
			""";

	private static final String ATTACH = """
			(channel) => window.client.channels.get(channel).attach().then(() => "attached", (error) => String(error.code))
			""";

	private static Chromium chromium;

	private static AppPage app;

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
		this.ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}");
		this.context = chromium.browser().newContext();
		this.page = this.context.newPage();
		this.page.navigate(app.origin("localhost") + "/");
	}

	@AfterEach
	void stop() {
		this.context.close();
		this.ably.close();
	}

	@Test
	void guestWhenTheAppIsOnTheSameSiteThenOneIdInAllTabs() {
		try (TestServer server = server("Lax", "localhost")) {
			String id = (String) this.page.evaluate(ADMIT, url(server, "/api/guest"));
			assertThat(id).startsWith("guest-");
			assertThat(this.page.evaluate(ADMIT, url(server, "/api/guest"))).isEqualTo(id);
			Page tab = this.context.newPage();
			tab.navigate(app.origin("localhost") + "/");
			assertThat(tab.evaluate(ADMIT, url(server, "/api/guest"))).isEqualTo(id);
			assertThat(this.context.cookies()).singleElement().satisfies((cookie) -> {
				assertThat(cookie.name).isEqualTo("__Host-ably-guest");
				assertThat(cookie.httpOnly).isTrue();
				assertThat(cookie.secure).isTrue();
				assertThat(cookie.domain).isEqualTo("localhost");
				assertThat(cookie.path).isEqualTo("/");
				assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
			});
			assertThat(this.page.evaluate("() => document.cookie")).isEqualTo("");
		}
	}

	/** A9.6: without this key, ably-js sends no cookie to another origin. */
	@Test
	void connectWhenGuestThenOnlyWithTheAuthorizationKey() {
		try (TestServer server = server("Lax", "localhost")) {
			String id = (String) this.page.evaluate(ADMIT, url(server, "/api/guest"));
			assertThat(connect(server, Map.of(), "")).isEqualTo("disconnected  40100");
			assertThat(connect(server, Map.of("Authorization", "cookie"), "")).isEqualTo("disconnected  40100");
			assertThat(connect(server, Map.of("authorization", "cookie"), "")).isEqualTo("connected " + id + " ");
			assertThat(this.page.evaluate(ATTACH, "live")).isEqualTo("attached");
			assertThat(this.page.evaluate(ATTACH, "box:" + id)).isEqualTo("40160");
		}
	}

	@Test
	void connectWhenTheGuestSignsInThenFailedUntilTheClientConnectsAnew() {
		try (TestServer server = server("Lax", "localhost")) {
			String id = (String) this.page.evaluate(ADMIT, url(server, "/api/guest"));
			assertThat(connect(server, Map.of("authorization", "cookie"), id)).isEqualTo("connected " + id + " ");
			this.context.addCookies(List.of(session(SameSiteAttribute.LAX)));
			this.page.evaluate("() => { window.over = new Promise((r) => client.connection.once('failed', r)); }");
			this.ably.askForReauth();
			assertThat((String) this.page.evaluate("() => window.over.then((change) => change.reason.cause.message)"))
				.contains("the client must connect anew");
			assertThat(connect(server, Map.of("authorization", "cookie"), "")).isEqualTo("connected ann ");
			assertThat(this.page.evaluate(ATTACH, "box:" + id)).isEqualTo("attached");
		}
	}

	@Test
	void guestWhenTheAppIsOnAnotherSiteThenByACookieThatSaysSoOrByTheToken() {
		this.page.navigate(app.origin("127.0.0.1") + "/");
		try (TestServer server = server("Lax", "127.0.0.1")) {
			String first = (String) this.page.evaluate(ADMIT, url(server, "/api/guest"));
			assertThat(first).startsWith("guest-");
			assertThat(this.page.evaluate(ADMIT, url(server, "/api/guest"))).isNotEqualTo(first);
			assertThat(connect(server, Map.of("authorization", "cookie"), "")).isEqualTo("disconnected  40100");
			String token = (String) this.page.evaluate(ADMIT.replace("guest.guestId", "guest.token"),
					url(server, "/api/guest"));
			assertThat(connect(server, Map.of("authorization", "Bearer " + token), "")).startsWith("connected guest-");
		}
		try (TestServer server = server("None", "127.0.0.1")) {
			String id = (String) this.page.evaluate(ADMIT, url(server, "/api/guest"));
			assertThat(this.page.evaluate(ADMIT, url(server, "/api/guest"))).isEqualTo(id);
			assertThat(connect(server, Map.of("authorization", "cookie"), "")).isEqualTo("connected " + id + " ");
		}
	}

	private static TestServer server(String sameSite, String appHost) {
		return TestServer.startWith(POLICY, "ably-auth.sessions.guests.enabled=true",
				"ably-auth.sessions.guests.secret=a guest secret of more than thirty-two bytes",
				"ably-auth.sessions.guests.cookie-same-site=" + sameSite,
				"ably-auth.web.allowed-origins=" + app.origin(appHost));
	}

	private static String url(TestServer server, String path) {
		return server.uri(path).toString().replace("127.0.0.1", "localhost");
	}

	private String connect(TestServer server, Map<String, String> authHeaders, String clientId) {
		return (String) this.page.evaluate(CONNECT, Map.of("authUrl", url(server, "/api/ably-jwt"), "authHeaders",
				authHeaders, "clientId", clientId, "port", this.ably.port()));
	}

	private static Cookie session(SameSiteAttribute sameSite) {
		return new Cookie("session", TestServer.ann()).setDomain("localhost")
			.setPath("/")
			.setSecure(true)
			.setHttpOnly(true)
			.setSameSite(sameSite);
	}

}
