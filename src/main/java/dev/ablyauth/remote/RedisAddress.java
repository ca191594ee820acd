package dev.ablyauth.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.lettuce.core.RedisURI;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis is, and as whom it is asked.
 *
 * @param url {@code redis://host:port} or {@code rediss://host:port}, perhaps with
 * {@code /database}, without a password
 * @param username as whom, or null
 * @param password of that user, or null
 */
public record RedisAddress(String url, @Nullable String username, @Nullable String password) {

	private static final Set<String> SCHEMES = Set.of("redis", "rediss");

	/**
	 * Finds what is wrong.
	 * @param url the name of the setting with the address
	 * @param password the name of the setting with the password
	 * @return one line for each problem
	 */
	public List<String> problems(String url, String password) {
		List<String> problems = new ArrayList<>();
		if (!isUrl()) {
			problems.add(url + ": expected redis://host:port or rediss://host:port,"
					+ " perhaps with /database, and no password in it");
		}
		if (this.username != null && this.password == null) {
			problems.add(password + ": is missing, there is a username");
		}
		return problems;
	}

	private boolean isUrl() {
		try {
			URI address = new URI(this.url);
			return address.getScheme() != null && SCHEMES.contains(address.getScheme()) && address.getHost() != null
					&& address.getUserInfo() == null && address.getQuery() == null
					&& address.getPath().matches("/?[0-9]{0,3}");
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	RedisURI uri() {
		RedisURI address = RedisURI.create(this.url);
		if (this.password == null) {
			return address;
		}
		RedisURI.Builder builder = RedisURI.builder(address);
		return (this.username != null) ? builder.withAuthentication(this.username, this.password.toCharArray()).build()
				: builder.withPassword(this.password.toCharArray()).build();
	}

	/**
	 * Hides the password and the address.
	 */
	@Override
	public String toString() {
		return "RedisAddress(not shown)";
	}

}
