package dev.ablyauth.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.ablyauth.Skip;
import dev.ablyauth.TestServer;
import dev.ablyauth.standin.NodeModules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a page of somebody else can make the browser of a signed-in person or of a guest
 * do. The cookies are the widest that a browser still sends to another site, so that
 * nothing but the server keeps the page out.
 */
class ForeignPageTests {

	/** Gives what the page can read or notice of the answer. */
	private static final Map<String, String> ATTEMPTS = Map.of("fetch", """
			(url) => fetch(url, { method: "METHOD", credentials: "include" }).then((answer) => answer.text(), () => "")
			""", "no-cors", """
			(url) => fetch(url, { method: "METHOD", credentials: "include", mode: "no-cors" })
			  .then((answer) => answer.type + answer.status + answer.text, () => "")
			  .then((seen) => seen.startsWith("opaque0") ? "" : seen)
			""", "simple body", """
			(url) => fetch(url, { method: "POST", credentials: "include", mode: "no-cors",
			  headers: { "Content-Type": "text/plain" }, body: '{"guestId":"guest-x"}' }).then(() => "", () => "")
			""", "image", """
			(url) => new Promise((done) => { const e = new Image(); e.onload = () => done("loaded");
			  e.onerror = () => done(""); e.src = url; document.body.append(e); })
			""", "script",
			"""
					(url) => new Promise((done) => { const e = document.createElement("script"); e.onload = () => done("loaded");
					  e.onerror = () => done(""); e.src = url; document.body.append(e); })
					""",
			"style",
			"""
					(url) => new Promise((done) => { const e = document.createElement("link"); e.onload = () => done("loaded");
					  e.onerror = () => done(""); e.rel = "stylesheet"; e.href = url; document.head.append(e); })
					""",
			"iframe", """
					(url) => new Promise((done) => { const e = document.createElement("iframe"); e.src = url;
					  e.onload = () => { try { done(e.contentDocument.body.textContent); } catch (ex) { done(""); } };
					  document.body.append(e); })
					""", "form", """
					(url) => new Promise((done) => { const e = document.createElement("iframe"); e.name = "to " + url;
					  document.body.append(e); const form = document.createElement("form"); form.method = "METHOD";
					  form.action = url; form.target = e.name; document.body.append(form);
					  e.onload = () => { try { done(e.contentDocument.body.textContent); } catch (ex) { done(""); } };
					  form.submit(); })
					""");

	private static Chromium chromium;

	private static AppPage app;

	private static TestServer server;

	private final Logger audit = (Logger) LoggerFactory.getLogger("audit");

	private final ListAppender<ILoggingEvent> decisions = new ListAppender<>();

	private BrowserContext context;

	private Page page;

	@BeforeAll
	static void startBrowser() {
		Optional<Path> folder = NodeModules.folder();
		Skip.unless(folder.isPresent(), "no node and npm here to fetch ably-js");
		chromium = Chromium.start();
		app = new AppPage(folder.orElseThrow());
		server = TestServer.start("ably-auth.sessions.guests.enabled=true",
				"ably-auth.sessions.guests.secret=a guest secret of more than thirty-two bytes",
				"ably-auth.sessions.guests.cookie-same-site=None",
				"ably-auth.web.allowed-origins=" + app.origin("localhost"));
	}

	@AfterAll
	static void stopBrowser() {
		if (app != null) {
			server.close();
			app.close();
			chromium.close();
		}
	}

	@BeforeEach
	void start() {
		this.context = chromium.browser().newContext();
		this.page = this.context.newPage();
		this.page.navigate(app.origin("localhost") + "/");
		this.page.evaluate("(url) => fetch(url, { method: 'POST', credentials: 'include' }).then(() => '')",
				url("/api/guest"));
		this.context.addCookies(List.of(new Cookie("session", TestServer.ann()).setDomain("localhost")
			.setPath("/")
			.setSecure(true)
			.setHttpOnly(true)
			.setSameSite(SameSiteAttribute.NONE)));
		this.decisions.start();
		this.audit.addAppender(this.decisions);
	}

	@AfterEach
	void stop() {
		this.audit.detachAppender(this.decisions);
		this.context.close();
	}

	/** So that it is the server that refuses, and not a cookie that is not sent. */
	@Test
	void cookiesThenTheBrowserSendsThem() {
		assertThat(this.context.cookies()).hasSize(2);
		assertThat((String) this.page.evaluate(script("fetch", "GET"), url("/api/ably-jwt"))).startsWith("eyJ");
		assertThat(decisions()).singleElement().asString().startsWith("decision=issued user=ann ");
	}

	@ParameterizedTest
	@CsvSource({ "fetch, GET", "fetch, POST", "no-cors, GET", "no-cors, POST", "simple body, POST", "image, GET",
			"script, GET", "style, GET", "iframe, GET", "form, POST", "form, GET" })
	void attemptOnTheTokenPathsThenNothingIsIssuedAndNothingIsRead(String attempt, String method) {
		this.page.navigate(app.origin("127.0.0.1") + "/");
		for (String path : List.of("/api/ably-jwt", "/api/ably-token-request", "/api/ably-token")) {
			assertThat(attempt(attempt, method, path)).as(path).isEmpty();
		}
		assertThat(decisions()).hasSize(3)
			.allSatisfy((line) -> assertThat(line).startsWith("decision=refused reason=foreign-origin "));
	}

	@ParameterizedTest
	@CsvSource({ "fetch, POST", "no-cors, POST", "simple body, POST", "form, POST", "image, GET", "script, GET",
			"style, GET", "iframe, GET", "form, GET", "fetch, GET" })
	void attemptOnTheGuestPathThenTheGuestStaysWhoItIs(String attempt, String method) {
		List<Cookie> before = this.context.cookies();
		for (String host : List.of("127.0.0.1", "sub.localhost")) {
			this.page.navigate(app.origin(host) + "/");
			assertThat(attempt(attempt, method, "/api/guest")).isEmpty();
		}
		assertThat(this.context.cookies()).usingRecursiveComparison().isEqualTo(before);
		assertThat(decisions()).hasSize(2).allSatisfy((line) -> assertThat(line).startsWith("decision=refused "));
	}

	/** A visitor without a guest id must not get one from somebody else either. */
	@ParameterizedTest
	@ValueSource(strings = { "fetch", "no-cors", "simple body", "form" })
	void attemptOnTheGuestPathWhenNobodyIsKnownThenNoCookieIsSet(String attempt) {
		this.context.clearCookies();
		this.page.navigate(app.origin("127.0.0.1") + "/");
		assertThat(attempt(attempt, "POST", "/api/guest")).isEmpty();
		assertThat(this.context.cookies()).isEmpty();
		assertThat(decisions()).singleElement().asString().startsWith("decision=refused reason=foreign-origin ");
	}

	/** A page without an origin of its own: {@code Origin: null}. */
	@Test
	void attemptFromASandboxedFrameThenNothing() {
		this.page.evaluate(
				"""
						(url) => new Promise((done) => { const e = document.createElement("iframe"); e.sandbox = "allow-scripts";
						  window.onmessage = (message) => done(message.data);
						  e.srcdoc = `<script>fetch("${url}", { method: "POST", credentials: "include" })
						    .then((answer) => answer.text(), () => "").then((text) => parent.postMessage(text, "*"))</` + `script>`;
						  document.body.append(e); })
						""",
				url("/api/guest"));
		assertThat(decisions()).singleElement().asString().startsWith("decision=refused reason=foreign-origin ");
	}

	private String attempt(String name, String method, String path) {
		return (String) this.page.evaluate("(url) => Promise.race([(" + script(name, method)
				+ ")(url), new Promise((done) => setTimeout(done, 10000, 'nothing for 10 s'))])", url(path));
	}

	private static String script(String attempt, String method) {
		return Objects.requireNonNull(ATTEMPTS.get(attempt)).replace("METHOD", method);
	}

	private List<String> decisions() {
		return this.decisions.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	private static String url(String path) {
		return server.uri(path).toString().replace("127.0.0.1", "localhost");
	}

}
