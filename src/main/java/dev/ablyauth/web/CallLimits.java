package dev.ablyauth.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.AppUser;

/**
 * How often tokens may be asked for, in time that never goes back.
 */
final class CallLimits {

	/** RFC 6177: what one customer has at least. */
	private static final int NETWORK_BYTES = 8;

	private static final String EVERYBODY = "";

	private final Buckets users;

	private final Buckets guests;

	private final Buckets addresses;

	private final Buckets total;

	private final Buckets newGuests;

	CallLimits(RateLimitProperties settings, SharedBuckets shared, Ticker ticker) {
		this.users = new Buckets("user", settings.perUser(), shared, ticker);
		this.guests = new Buckets("guest", settings.perGuest(), shared, ticker);
		this.addresses = new Buckets("address", settings.perAddress(), shared, ticker);
		this.total = new Buckets("total", settings.total(), shared, ticker);
		this.newGuests = new Buckets("new-guest", settings.newGuestsPerAddress(), shared, ticker);
	}

	/**
	 * Counts a call before it is known who makes it. An address that asks too often takes
	 * nothing of what all may ask together.
	 * @param address where it came from; of IPv6, the network counts
	 * @throws Refused if there are too many
	 */
	void call(String address) {
		if (this.addresses.isOn()) {
			this.addresses.take(network(address), "Too many requests come from this address.");
		}
		this.total.take(EVERYBODY, "Too many requests come at once.");
	}

	/**
	 * Counts what a user or a guest asks.
	 * @throws Refused if it is too often
	 */
	void user(AppUser user) {
		if (user.guest()) {
			guest(user.id());
		}
		else {
			this.users.take(user.id(), "This user asks too often.");
		}
	}

	/**
	 * Counts what a guest asks.
	 * @throws Refused if it is too often
	 */
	void guest(String id) {
		this.guests.take(id, "This guest asks too often.");
	}

	/**
	 * Counts a guest more.
	 * @param address where the request came from; of IPv6, the network counts
	 * @throws Refused if there are too many
	 */
	void newGuest(String address) {
		this.newGuests.take(network(address), "Too many guests begin at this address.");
	}

	private static String network(String address) {
		try {
			return (address.indexOf(':') >= 0 && InetAddress.getByName(address) instanceof Inet6Address ipv6)
					? HexFormat.of().formatHex(Arrays.copyOf(ipv6.getAddress(), NETWORK_BYTES)) : address;
		}
		catch (UnknownHostException ex) {
			return address;
		}
	}

}
