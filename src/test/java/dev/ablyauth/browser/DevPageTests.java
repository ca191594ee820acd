package dev.ablyauth.browser;

import java.nio.file.Path;
import java.util.Optional;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.ablyauth.Skip;
import dev.ablyauth.TestServer;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.NodeModules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of the dev mode, as a newcomer uses it.
 */
class DevPageTests {

	private static final String KEY_NAME = "sample.devkey";

	private static final String KEY_SECRET = "made-up-for-the-dev-mode-Ably-does-not-know-it";

	private Chromium chromium;

	private TestServer server;

	private BrowserContext context;

	private Page page;

	@BeforeEach
	void start() {
		this.chromium = Chromium.start();
		this.server = TestServer.startDevMode();
		this.context = this.chromium.browser().newContext();
		this.page = this.context.newPage();
	}

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
			this.server.close();
			this.chromium.close();
		}
	}

	@Test
	void pickAUserThenTokensAndTheirReasonsAreShown() {
		this.page.navigate(this.server.uri("/").toString());
		assertThat(this.page.locator("#key")).containsText("made-up key");
		pick("ann");
		assertThat(this.page.locator("#jwt-status")).hasText("200 application/jwt");
		assertThat(this.page.locator("#jwt-decoded")).containsText("\"x-ably-clientId\": \"ann\"");
		assertThat(this.page.locator("#request")).containsText("\"mac\"");
		Locator rows = this.page.locator("#grants tr");
		assertThat(rows).hasCount(3);
		assertThat(rows.filter(new Locator.FilterOptions().setHasText("team:red:*")))
			.containsText("members talk in their own team");
		this.page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target", "dev-page.png")));
	}

	@Test
	void pickASuspendedUserThenTheRefusalIsShown() {
		this.page.navigate(this.server.uri("/").toString());
		pick("eve");
		assertThat(this.page.locator("#jwt-status")).hasText("403 application/json");
		assertThat(this.page.locator("#jwt")).containsText("Your account is suspended.");
		assertThat(this.page.locator("#grants tr")).hasCount(0);
	}

	@Test
	void pickAUserWithAHostileClaimThenNoTeamIsGiven() {
		this.page.navigate(this.server.uri("/").toString());
		pick("mal");
		assertThat(this.page.locator("#jwt-status")).hasText("200 application/jwt");
		assertThat(this.page.locator("#jwt-decoded")).not().containsText("team:");
	}

	@Test
	void connectThenConnectedAsTheUser() {
		Optional<Path> folder = NodeModules.folder();
		Skip.unless(folder.isPresent(), "no node and npm here to fetch ably-js");
		Path ablyJs = folder.orElseThrow().resolve(Path.of("node_modules", "ably", "build", "ably.min.js"));
		try (AblyStandIn ably = AblyStandIn.start(KEY_NAME, KEY_SECRET, "{\"*\":[\"*\"]}")) {
			this.page.route("https://cdn.ably.com/**", (route) -> route
				.fulfill(new Route.FulfillOptions().setPath(ablyJs).setContentType("text/javascript")));
			this.page.navigate(this.server.uri("/?port=" + ably.port()).toString());
			pick("bob");
			assertThat(this.page.locator("#jwt-status")).hasText("200 application/jwt");
			this.page.click("#connect");
			assertThat(this.page.locator("#connection")).hasText("connected as bob");
			assertThat(ably.accepted()).hasSize(1);
		}
	}

	@Test
	void pageWhenAskedUnderAnotherNameThenNotThere() {
		assertThat(this.page.navigate(this.server.uri("/").toString()).status()).isEqualTo(200);
		assertThat(this.page.request()
			.get(this.server.uri("/dev/session/ann").toString(),
					com.microsoft.playwright.options.RequestOptions.create().setHeader("Host", "evil.example"))
			.status()).isEqualTo(404);
	}

	private void pick(String user) {
		this.page.locator("#users button", new Page.LocatorOptions().setHasText(user)).first().click();
	}

}
