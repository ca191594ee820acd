package dev.ablyauth.session;

import java.util.List;
import java.util.Optional;

/**
 * What a proxy in front of this server says of the user as a session. The header is the
 * proxy's own: when it is there, it is of this kind, right or wrong.
 */
final class ProxyAssertionSessions implements SessionKind {

	static final String KIND = "proxy-assertion";

	private final String header;

	private final Assertion assertion;

	ProxyAssertionSessions(String header, Assertion assertion) {
		this.header = header;
		this.assertion = assertion;
	}

	@Override
	public String name() {
		return KIND;
	}

	/** Of two headers, one may be the client's own. */
	@Override
	public Optional<AppUser> ofHeaders(Credentials credentials) {
		List<String> values = credentials.headers(this.header);
		if (values.stream().allMatch(String::isBlank)) {
			return Optional.empty();
		}
		if (values.size() != 1) {
			throw Assertion.invalid();
		}
		return Optional.of(this.assertion.user(values.get(0), credentials));
	}

}
