package dev.ablyauth.web;

import java.util.ArrayList;
import java.util.List;

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
 */
public record RateLimitProperties(@DefaultValue("600/1m") String perUser, @DefaultValue("60/1m") String perGuest,
		@DefaultValue("none") String perAddress, @DefaultValue("none") String total,
		@DefaultValue("600/1m") String newGuestsPerAddress, @DefaultValue("600/1m") String perAdmin) {

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
		return problems;
	}

	private static void problem(String name, String rate, List<String> problems) {
		try {
			Rate.parse(rate);
		}
		catch (IllegalArgumentException ex) {
			problems.add(name + ": " + ex.getMessage());
		}
	}

}
