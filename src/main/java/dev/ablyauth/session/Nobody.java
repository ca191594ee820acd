package dev.ablyauth.session;

import java.util.List;
import java.util.Optional;

/**
 * A credential that nobody has, to see whether whoever would know can be asked.
 *
 * @param header its name
 * @param value its value; of a cookie, name and value
 */
record Nobody(String header, String value) implements Credentials {

	static Nobody withCookie(String name, String value) {
		return new Nobody(ForwardedHeaders.COOKIE, name + "=" + value);
	}

	@Override
	public Optional<String> bearer() {
		return Optional.empty();
	}

	@Override
	public List<String> headers(String name) {
		return name.equalsIgnoreCase(this.header) ? List.of(this.value) : List.of();
	}

	@Override
	public List<String> cookies(String name) {
		return cookieHeader().startsWith(name + "=") ? List.of(this.value.substring(name.length() + 1)) : List.of();
	}

	@Override
	public String cookieHeader() {
		return this.header.equals(ForwardedHeaders.COOKIE) ? this.value : "";
	}

	@Override
	public String peer() {
		return "";
	}

}
