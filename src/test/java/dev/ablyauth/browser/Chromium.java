package dev.ablyauth.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import dev.ablyauth.Skip;

/**
 * The distribution's Chromium, driven by Playwright.
 */
final class Chromium implements AutoCloseable {

	private final Playwright playwright;

	private final Browser browser;

	private Chromium(Path program) {
		this.playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		this.browser = this.playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(program)
				.setChromiumSandbox(false)
				.setArgs(List.of("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
						"--disable-component-update", "--disable-sync")));
	}

	/**
	 * Starts it; where there is none the test is skipped, but not where CI is to prove
	 * it.
	 */
	static Chromium start() {
		Optional<Path> program = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst();
		if (System.getenv("CI") == null) {
			Skip.unless(program.isPresent(), "no Chromium here, so no page can be shown");
		}
		return new Chromium(program.orElseThrow(() -> new IllegalStateException("CI needs Chromium")));
	}

	Browser browser() {
		return this.browser;
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
	}

}
