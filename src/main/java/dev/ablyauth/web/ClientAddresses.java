package dev.ablyauth.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Where a request came from: the peer, or, when the peer is a trusted proxy, the
 * right-most address in {@code X-Forwarded-For} that is not one. Never used to let
 * somebody in.
 */
final class ClientAddresses {

	private final List<IpAddressMatcher> trustedProxies;

	ClientAddresses(WebProperties settings) {
		this.trustedProxies = settings.trustedProxies().stream().map(IpAddressMatcher::new).toList();
	}

	String of(HttpServletRequest request) {
		String address = request.getRemoteAddr();
		if (this.trustedProxies.isEmpty() || !isTrusted(address)) {
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
			if (!isTrusted(address)) {
				return address;
			}
		}
		return address;
	}

	private boolean isTrusted(String address) {
		return this.trustedProxies.stream().anyMatch((proxy) -> proxy.matches(address));
	}

	/**
	 * Digits and hex only, so that nothing is ever looked up or logged that is no
	 * address.
	 */
	private static boolean isAddress(String text) {
		return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*") && text.length() <= 45;
	}

}
