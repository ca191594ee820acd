package dev.ablyauth.session;

import java.util.List;

import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * The proxies in front of this server, by their addresses.
 */
public final class TrustedPeers {

	private final List<IpAddressMatcher> ranges;

	/**
	 * Creates them.
	 * @param ranges addresses or ranges, {@code 10.0.0.0/8}
	 * @throws IllegalArgumentException if one is neither
	 */
	public TrustedPeers(List<String> ranges) {
		this.ranges = ranges.stream().map(IpAddressMatcher::new).toList();
	}

	/**
	 * Tells whether somebody is one of them.
	 * @param peer an address
	 * @return whether it is in one of the ranges; nobody is when there are none
	 */
	public boolean include(String peer) {
		return !peer.isEmpty() && this.ranges.stream().anyMatch((range) -> range.matches(peer));
	}

}
