package dev.ablyauth.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Refused;

/**
 * How often guests may ask, of whom nothing is known but what they bring.
 */
final class GuestLimits {

	/** RFC 6177: what one customer has at least. */
	private static final int NETWORK_BYTES = 8;

	private final Buckets guests;

	private final Buckets addresses;

	GuestLimits(RateLimitProperties settings, Ticker ticker) {
		this.guests = new Buckets(settings.perGuest(), ticker);
		this.addresses = new Buckets(settings.newGuestsPerAddress(), ticker);
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
		this.addresses.take(network(address), "Too many guests begin at this address.");
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
