package dev.ablyauth.session;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Credentials as the other session kinds see them, who may pass them on to other
 * services: without the guest token beside a session.
 *
 * @param all what came with the request
 * @param cookieName the cookie of guests
 */
record WithoutGuest(Credentials all, String cookieName) implements Credentials {

	/** A guest token here has been taken before any other kind is asked. */
	@Override
	public Optional<String> bearer() {
		return this.all.bearer();
	}

	@Override
	public List<String> headers(String name) {
		return name.equalsIgnoreCase(Guests.HEADER) ? List.of() : this.all.headers(name);
	}

	@Override
	public List<String> cookies(String name) {
		return name.equals(this.cookieName) ? List.of() : this.all.cookies(name);
	}

	@Override
	public String cookieHeader() {
		return Stream.of(this.all.cookieHeader().split(";", -1))
			.map(String::strip)
			.filter((cookie) -> !cookie.isEmpty() && !isGuests(cookie))
			.collect(Collectors.joining("; "));
	}

	private boolean isGuests(String cookie) {
		return cookie.split("=", 2)[0].strip().equals(this.cookieName);
	}

	@Override
	public String peer() {
		return this.all.peer();
	}

	@Override
	public String toString() {
		return "WithoutGuest(not shown)";
	}

}
