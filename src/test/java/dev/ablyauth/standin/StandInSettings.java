package dev.ablyauth.standin;

import java.time.Clock;
import java.time.Duration;

/**
 * What is switched on for the key and the app of the stand-in.
 *
 * @param clock the time by which tokens are judged
 * @param revocableTokens whether the tokens of the key are revocable and so live one hour
 * at most
 * @param revocableByChannel whether Ably has enabled revocation by channel for the app
 * @param reauthMargin how long a revocation with {@code allowReauthMargin} waits; 30 s at
 * Ably
 */
public record StandInSettings(Clock clock, boolean revocableTokens, boolean revocableByChannel, Duration reauthMargin) {

	/** The margin that Ably's page on revocation names. */
	private static final Duration MARGIN = Duration.ofSeconds(30);

	/**
	 * Returns the settings of a key whose tokens are not revocable.
	 * @return the settings, on the system clock
	 */
	public static StandInSettings notRevocable() {
		return new StandInSettings(Clock.systemUTC(), false, false, MARGIN);
	}

	/**
	 * Returns the settings of a key whose tokens are revocable, but not by channel.
	 * @return the settings, on the system clock
	 */
	public static StandInSettings revocable() {
		return new StandInSettings(Clock.systemUTC(), true, false, MARGIN);
	}

	/**
	 * Changes the clock.
	 * @param other the time by which tokens are judged
	 * @return the changed settings
	 */
	public StandInSettings on(Clock other) {
		return new StandInSettings(other, this.revocableTokens, this.revocableByChannel, this.reauthMargin);
	}

	/**
	 * Enables revocation by channel.
	 * @return the changed settings
	 */
	public StandInSettings byChannelToo() {
		return new StandInSettings(this.clock, this.revocableTokens, true, this.reauthMargin);
	}

	/**
	 * Changes the margin.
	 * @param margin less than Ably's, so that a test need not wait
	 * @return the changed settings
	 */
	public StandInSettings margin(Duration margin) {
		return new StandInSettings(this.clock, this.revocableTokens, this.revocableByChannel, margin);
	}

}
