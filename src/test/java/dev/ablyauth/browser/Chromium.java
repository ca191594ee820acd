package dev.ablyauth.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import dev.ablyauth.Skip;
import org.springframework.util.FileSystemUtils;

/**
 * The distribution's Chromium, driven by Playwright. It sends cookies to other sites
 * where a cookie says so. Private windows, as which Playwright opens its pages, would
 * not, and a test would find that a page of somebody else is kept out when it is the
 * browser that keeps it out.
 */
final class Chromium implements AutoCloseable {

	private static final String COOKIES_FOR_OTHER_SITES = "{\"profile\":{\"cookie_controls_mode\":0}}";

	private final Path folder;

	private final Playwright playwright;

	private final BrowserContext profile;

	private Chromium(Path program) {
		this.folder = profile();
		this.playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		this.profile = this.playwright.chromium()
			.launchPersistentContext(this.folder,
					new BrowserType.LaunchPersistentContextOptions().setExecutablePath(program)
						.setChromiumSandbox(false)
						.setArgs(List.of("--disable-gpu", "--disable-quic", "--no-first-run",
								"--disable-background-networking", "--disable-component-update", "--disable-sync")));
	}

	private static Path profile() {
		try {
			Path folder = Files.createTempDirectory("chromium");
			Path preferences = folder.resolve(Path.of("Default", "Preferences"));
			Files.createDirectories(preferences.getParent());
			Files.writeString(preferences, COOKIES_FOR_OTHER_SITES);
			return folder;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
		return Objects.requireNonNull(this.profile.browser());
	}

	@Override
	public void close() {
		this.profile.close();
		this.playwright.close();
		try {
			FileSystemUtils.deleteRecursively(this.folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
