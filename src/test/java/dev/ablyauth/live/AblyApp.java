package dev.ablyauth.live;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.ablyauth.standin.AblyAddress;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.StandInSettings;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The app at Ably that a test works with, made for it and deleted after it: at Ably's
 * sandbox with the Maven profile {@code live}, else at the stand-in, which makes apps in
 * the same way. So all that is said to the one is said to the other in every build.
 */
public final class AblyApp implements AutoCloseable {

	/** The address of the sandbox, which the profile sets. */
	private static final String SANDBOX = System.getProperty("live.sandbox", "");

	private static final LiveReport REPORT = SANDBOX.isEmpty()
			? new LiveReport(Path.of("target", "stand-in-report.md"), "the stand-in")
			: new LiveReport(Path.of("target", "live-report.md"), SANDBOX);

	private static final Duration MARGIN_OF_STAND_IN = Duration.ofSeconds(3);

	/** The margin that Ably's page on revocation names. */
	private static final Duration MARGIN_OF_ABLY = Duration.ofSeconds(30);

	private final @Nullable AblyStandIn standIn;

	private final AblyAddress address;

	private final SandboxApp app;

	private AblyApp(@Nullable AblyStandIn standIn, URI sandbox) {
		this.standIn = standIn;
		this.address = AblyAddress.of(sandbox);
		this.app = new SandboxApp(this.address);
	}

	/**
	 * Makes the app.
	 * @return the app
	 */
	public static AblyApp open() {
		if (!SANDBOX.isEmpty()) {
			return new AblyApp(null, URI.create(SANDBOX));
		}
		AblyStandIn standIn = AblyStandIn.sandbox(StandInSettings.notRevocable().margin(MARGIN_OF_STAND_IN));
		return new AblyApp(standIn, standIn.address().rest(""));
	}

	/**
	 * Where SDKs find Ably.
	 * @return the address
	 */
	public AblyAddress address() {
		return this.address;
	}

	/**
	 * An API key of the app.
	 * @param key which
	 * @return {@code appId.keyId:secret}
	 */
	public String key(AppKey key) {
		return this.app.key(key);
	}

	/**
	 * The settings of a server that works with this app.
	 * @param key signs
	 * @param more settings
	 * @return all of them, as {@code name=value}
	 */
	public String[] settings(AppKey key, String... more) {
		List<String> usual = List.of("ably-auth.keys[0].value=" + key(key),
				"ably-auth.keys[0].revocable-tokens=" + key.revocable(), "ably-auth.ably.clock=ably",
				"ably-auth.ably.rest-url=" + this.address.rest(""));
		return Stream.concat(usual.stream(), Stream.of(more)).toArray(String[]::new);
	}

	/**
	 * How long a revocation with {@code allowReauthMargin} waits.
	 * @return the margin
	 */
	public Duration margin() {
		return (this.standIn != null) ? MARGIN_OF_STAND_IN : MARGIN_OF_ABLY;
	}

	/**
	 * Looks into the stand-in. Nobody can look into Ably, and there nothing is done.
	 * @param look what must hold there
	 */
	public void inside(Consumer<AblyStandIn> look) {
		if (this.standIn != null) {
			look.accept(this.standIn);
		}
	}

	/**
	 * Writes into the report what was seen where Ably's answer is not documented. Only
	 * the stand-in must answer as it is assumed.
	 * @param question one line
	 * @param assumed the answer that is assumed
	 * @param seen the answer
	 */
	public void assume(String question, String assumed, String seen) {
		REPORT.add(question, assumed, seen);
		inside((ably) -> assertThat(seen).as(question).isEqualTo(assumed));
	}

	/**
	 * Writes into the report what was seen where nothing depends on it.
	 * @param question one line
	 * @param seen the answer
	 */
	public void observe(String question, String seen) {
		REPORT.add(question, "", seen);
	}

	@Override
	public void close() {
		this.app.close();
		if (this.standIn != null) {
			List<String> left = this.standIn.apps();
			this.standIn.close();
			assertThat(left).as("apps that were not deleted").isEmpty();
		}
	}

}
