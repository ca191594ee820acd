package dev.ablyauth.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.ablyauth.remote.RedisAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a Spring app keeps its sessions, as the settings say.
 *
 * @param store {@code redis} or {@code jdbc}
 * @param url address of the store, without a password
 * @param username at the store, or null
 * @param password at the store, or null
 * @param cookieName the cookie of the app's session
 * @param cookieBase64 whether the cookie holds the session id in base64
 * @param namespace what all keys begin with, in Redis
 * @param tableName the table of sessions, in a database
 * @param userId claim path into the principal's attributes; default: the principal's name
 * @param roles claim path into the principal's attributes; default: the authorities
 * @param userIdPrefix put before every user id of this app
 * @param sameUsers whether the same id from another source is the same person
 */
public record SpringSessionProperties(@DefaultValue("") String store, @DefaultValue("") String url,
		@Nullable String username, @Nullable String password, @DefaultValue("SESSION") String cookieName,
		@DefaultValue("true") boolean cookieBase64, @DefaultValue("spring:session") String namespace,
		@DefaultValue("SPRING_SESSION") String tableName, @Nullable String userId, @Nullable String roles,
		@DefaultValue("") String userIdPrefix, @DefaultValue("false") boolean sameUsers) implements UserSource {

	static final String REDIS = "redis";

	static final String JDBC = "jdbc";

	private static final Pattern COOKIE_NAME = Pattern.compile("[A-Za-z0-9_.-]+");

	private static final Pattern TABLE_NAME = Pattern.compile("(?:[A-Za-z_][A-Za-z0-9_]*\\.)?[A-Za-z_][A-Za-z0-9_]*");

	private static final Pattern PASSWORD_IN_URL = Pattern.compile("[?&](?:ssl)?password=", Pattern.CASE_INSENSITIVE);

	@Override
	public List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		switch (this.store) {
			case REDIS -> redisProblems(name, problems);
			case JDBC -> jdbcProblems(name, problems);
			default -> problems.add(name + ".store: expected redis or jdbc");
		}
		if (!COOKIE_NAME.matcher(this.cookieName).matches()) {
			problems.add(name + ".cookie-name: must be letters, digits, _, . and -");
		}
		if (isBlank(this.userId)) {
			problems.add(name + ".user-id: must not be empty; leave it out to take the principal's name");
		}
		if (isBlank(this.roles)) {
			problems.add(name + ".roles: must not be empty; leave it out to take the authorities");
		}
		return problems;
	}

	private static boolean isBlank(@Nullable String text) {
		return text != null && text.isBlank();
	}

	private void redisProblems(String name, List<String> problems) {
		problems.addAll(redis().problems(name + ".url", name + ".password"));
		if (this.namespace.isBlank()) {
			problems.add(name + ".namespace: must not be empty");
		}
	}

	RedisAddress redis() {
		return new RedisAddress(this.url, this.username, this.password);
	}

	private void jdbcProblems(String name, List<String> problems) {
		if (!this.url.startsWith("jdbc:postgresql:")) {
			problems.add(name + ".url: expected jdbc:postgresql://host:port/database");
		}
		if (PASSWORD_IN_URL.matcher(this.url).find()) {
			problems.add(name + ".url: has a password in it, set password instead");
		}
		if (!TABLE_NAME.matcher(this.tableName).matches()) {
			problems.add(name + ".table-name: must be letters, digits and _, perhaps with a schema and a dot before");
		}
	}

	/**
	 * Hides the password and the address.
	 */
	@Override
	public String toString() {
		return "SpringSessionProperties(" + this.store + ")";
	}

}
