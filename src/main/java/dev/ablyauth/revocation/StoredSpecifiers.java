package dev.ablyauth.revocation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.ablyauth.ably.IssuedBefore;
import dev.ablyauth.ably.TargetSpecifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads targets as the store has them. A newer version of this server may have written
 * some that this one does not know. They are told once each and left to servers that do,
 * and all others go on.
 */
final class StoredSpecifiers {

	/** Each is a parameter of a query. */
	private static final int MOST = 10_000;

	private static final Logger LOGGER = LoggerFactory.getLogger(StoredSpecifiers.class);

	private final Set<String> unknown = ConcurrentHashMap.newKeySet();

	/** What rows send, without those of which this version cannot know. */
	List<OutboxRow> rows(JdbcClient.StatementSpec question) {
		return known(question.query((row, index) -> row(row)).list());
	}

	/** What rows mean for tokens, without those of which this version cannot know. */
	List<RecentSeconds.Entry> entries(JdbcClient.StatementSpec question) {
		return known(question.query((row, index) -> entry(row)).list());
	}

	private static <T> List<T> known(List<Optional<T>> rows) {
		return rows.stream().flatMap(Optional::stream).toList();
	}

	private Optional<OutboxRow> row(ResultSet row) throws SQLException {
		long number = row.getLong("number");
		int place = row.getInt("place");
		int tries = row.getInt("tries");
		return read(number, row.getString("specifier")).map((target) -> new OutboxRow(number, place, target, tries));
	}

	private Optional<RecentSeconds.Entry> entry(ResultSet row) throws SQLException {
		IssuedBefore second = new IssuedBefore(Instant.ofEpochMilli(row.getLong("issued_before")));
		return read(row.getLong("number"), row.getString("specifier"))
			.map((target) -> new RecentSeconds.Entry(target, second));
	}

	private Optional<TargetSpecifier> read(long number, String text) {
		try {
			return Optional.of(TargetSpecifier.parse(text));
		}
		catch (IllegalArgumentException ex) {
			if (this.unknown.size() < MOST && this.unknown.add(text)) {
				LOGGER.error("The revocation with the number {} has a target that this version cannot read, and does"
						+ " not send; is there a newer one at the same store? It {}", number, ex.getMessage());
			}
			return Optional.empty();
		}
	}

	/** Those that were met, for a condition, which must have one at least. */
	List<String> unknown() {
		List<String> all = new ArrayList<>(this.unknown);
		all.add("");
		return all;
	}

}
