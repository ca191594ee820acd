package dev.ablyauth.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.remote.RedisAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often somebody may ask.
 *
 * @param perUser one signed-in user, for tokens
 * @param perGuest one guest, for a token or to be known again
 * @param perAddress all at one address, for tokens and to become guests
 * @param total all together, for tokens and to become guests
 * @param newGuestsPerAddress how many guests one address may become
 * @param perAdmin one admin token, at the admin door
 * @param redis a Redis in which all instances count together, or none
 * @param redisUsername as whom it is asked, or null
 * @param redisPassword of that user, or null
 */
public record RateLimitProperties(@DefaultValue("600/1m") String perUser, @DefaultValue("60/1m") String perGuest,
		@DefaultValue("none") String perAddress, @DefaultValue("none") String total,
		@DefaultValue("600/1m") String newGuestsPerAddress, @DefaultValue("600/1m") String perAdmin,
		@DefaultValue("none") String redis, @Nullable String redisUsername, @Nullable String redisPassword) {

	private static final String NONE = "none";

	/**
	 * Finds what is wrong.
	 * @param name the name of these settings
	 * @return one line for each problem, with the property
	 */
	public List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		problem(name + ".per-user", this.perUser, problems);
		problem(name + ".per-guest", this.perGuest, problems);
		problem(name + ".per-address", this.perAddress, problems);
		problem(name + ".total", this.total, problems);
		problem(name + ".new-guests-per-address", this.newGuestsPerAddress, problems);
		problem(name + ".per-admin", this.perAdmin, problems);
		if (!this.redis.equals(NONE)) {
			problems.addAll(address().problems(name + ".redis", name + ".redis-password"));
		}
		return problems;
	}

	private RedisAddress address() {
		return new RedisAddress(this.redis, this.redisUsername, this.redisPassword);
	}

	/**
	 * Returns where all instances meet.
	 * @return the address of the Redis, or null if there is none
	 */
	public @Nullable RedisAddress meetingPlace() {
		return this.redis.equals(NONE) ? null : address();
	}

	/** Returns what counts for all instances; it opens no connection yet. */
	SharedBuckets shared(Clock clock) {
		return this.redis.equals(NONE) ? SharedBuckets.NONE : new RedisBuckets(address(), clock, Ticker.systemTicker());
	}

	private static void problem(String name, String rate, List<String> problems) {
		try {
			Rate.parse(rate);
		}
		catch (IllegalArgumentException ex) {
			problems.add(name + ": " + ex.getMessage());
		}
	}

	/**
	 * Hides the password.
	 */
	@Override
	public String toString() {
		return "RateLimitProperties(not shown)";
	}

}
