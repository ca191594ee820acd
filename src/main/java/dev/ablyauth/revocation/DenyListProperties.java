package dev.ablyauth.revocation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the deny-list is kept.
 *
 * @param url address of the database: a SQLite file, or PostgreSQL for several instances;
 * null where the rooms are embedded and have no deny-list
 * @param username at PostgreSQL, or null
 * @param password at PostgreSQL, or null
 * @param maxStaleness how long tokens are issued by what was read last
 */
public record DenyListProperties(@Nullable String url, @Nullable String username, @Nullable String password,
		@DefaultValue("60s") Duration maxStaleness) {

	private static final Pattern PASSWORD_IN_URL = Pattern.compile("[?&](?:ssl)?password=", Pattern.CASE_INSENSITIVE);

	/** Less would be over before a short pause of the store is. */
	private static final Duration LEAST = Duration.ofSeconds(5);

	private static final Duration MOST = Duration.ofHours(24);

	/**
	 * Finds what is wrong, also with the store itself if it is there: a file that cannot
	 * be used must not become an empty list.
	 * @param name the name of these settings
	 * @return one line for each problem, with the property
	 */
	public List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		if (this.maxStaleness.compareTo(LEAST) < 0 || this.maxStaleness.compareTo(MOST) > 0) {
			problems.add(name + ".max-staleness: must be from " + LEAST.toSeconds() + "s to " + MOST.toHours() + "h");
		}
		if (this.url == null) {
			return problems;
		}
		if (StoreKind.of(this.url) == null) {
			problems.add(name + ".url: expected jdbc:sqlite:file or jdbc:postgresql://host:port/database");
		}
		else if (this.url.startsWith("jdbc:sqlite::") || this.url.startsWith("jdbc:sqlite:file:")) {
			problems.add(name + ".url: expected the path of a file after jdbc:sqlite:, such as ./data/ably-auth.db");
		}
		else if (PASSWORD_IN_URL.matcher(this.url).find()) {
			problems.add(name + ".url: has a password in it, set password instead");
		}
		else if (StoreKind.of(this.url) == StoreKind.SQLITE && (this.username != null || this.password != null)) {
			problems.add(name + ".username: a SQLite file has no users, and no password");
		}
		else if (problems.isEmpty()) {
			problems.addAll(new StoreCheck(this).problems().stream().map((line) -> name + ".url: " + line).toList());
		}
		return problems;
	}

	/**
	 * Returns the file that a list is in.
	 * @param url address of the list, or null
	 * @return from the root of the file system, or null if it is in no file
	 * @throws java.nio.file.InvalidPathException if the system knows no such file
	 */
	public static @Nullable Path file(@Nullable String url) {
		if (url == null || StoreKind.of(url) != StoreKind.SQLITE) {
			return null;
		}
		Path path = Path.of(StoreKind.SQLITE.path(url)).toAbsolutePath();
		// What is before ".." may be a link, which leads elsewhere.
		return path.toString().contains("..") ? path : path.normalize();
	}

	/**
	 * Hides the password and the address.
	 */
	@Override
	public String toString() {
		return "DenyListProperties(" + this.maxStaleness + ")";
	}

}
