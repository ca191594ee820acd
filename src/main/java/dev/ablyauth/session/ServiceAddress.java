package dev.ablyauth.session;

import java.net.URI;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Where a session service may be.
 */
final class ServiceAddress {

	private ServiceAddress() {
	}

	/**
	 * Finds what is wrong with an address; users' credentials go there.
	 * @param allowHttp whether the settings say that nobody listens on the way
	 */
	static Optional<String> problem(@Nullable URI uri, boolean allowHttp) {
		if (uri == null) {
			return Optional.of("is missing");
		}
		if (!HttpFetcher.isAllowed(uri) && !(allowHttp && "http".equals(uri.getScheme()) && uri.getHost() != null)) {
			return Optional
				.of("must be https, or http to this machine itself; allow-http: true is for a private network");
		}
		if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
			return Optional.of("must have no user and no # part");
		}
		return Optional.empty();
	}

}
