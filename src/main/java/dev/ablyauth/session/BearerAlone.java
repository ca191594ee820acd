package dev.ablyauth.session;

import java.util.List;
import java.util.Optional;

/**
 * A token that somebody pasted, without the request that it would come with.
 *
 * @param token the bearer token
 */
record BearerAlone(String token) implements Credentials {

	@Override
	public Optional<String> bearer() {
		return Optional.of(this.token);
	}

	@Override
	public List<String> headers(String name) {
		return name.equalsIgnoreCase("Authorization") ? List.of("Bearer " + this.token) : List.of();
	}

	@Override
	public List<String> cookies(String name) {
		return List.of();
	}

	@Override
	public String cookieHeader() {
		return "";
	}

	@Override
	public String peer() {
		return "";
	}

	@Override
	public String toString() {
		return "BearerAlone(not shown)";
	}

}
