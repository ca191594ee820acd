package dev.ablyauth.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

import dev.ablyauth.session.TrustedPeers;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Where a request came from: the peer, or, when the peer is a trusted proxy, the
 * right-most address in {@code X-Forwarded-For} that is not one. Never used to let
 * somebody in.
 */
final class ClientAddresses {

	private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");

	private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");

	private final TrustedPeers trustedProxies;

	ClientAddresses(TrustedPeers trustedProxies) {
		this.trustedProxies = trustedProxies;
	}

	String of(HttpServletRequest request) {
		String address = request.getRemoteAddr();
		if (!this.trustedProxies.include(address)) {
			return address;
		}
		List<String> forwarded = new ArrayList<>();
		for (String header : Collections.list(request.getHeaders("X-Forwarded-For"))) {
			Collections.addAll(forwarded, header.split(",", -1));
		}
		Collections.reverse(forwarded);
		for (String hop : forwarded) {
			String next = hop.strip();
			if (!isAddress(next)) {
				return address;
			}
			address = next;
			if (!this.trustedProxies.include(address)) {
				return address;
			}
		}
		return address;
	}

	/**
	 * An address and no name, so that nothing is ever looked up.
	 */
	private static boolean isAddress(String text) {
		if (IPV4.matcher(text).matches()) {
			return true;
		}
		try {
			return IPV6.matcher(text).matches() && InetAddress.getByName(text) != null;
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
