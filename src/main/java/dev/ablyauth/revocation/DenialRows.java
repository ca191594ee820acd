package dev.ablyauth.revocation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A denial as a row of a table.
 */
final class DenialRows {

	private DenialRows() {
	}

	static Denial denial(ResultSet row) throws SQLException {
		long number = row.getLong("number");
		try {
			return new Denial(DenialId.parse(row.getString("id")), number,
					new Target(Target.Kind.of(row.getString("kind")), row.getString("target")), row.getString("reason"),
					row.getString("author"), Instant.ofEpochMilli(row.getLong("created")), time(row, "until_time"),
					time(row, "ended"), row.getString("ended_by"));
		}
		catch (IllegalArgumentException ex) {
			throw unreadable(number, ex);
		}
	}

	/** What is in the row may be anything, and is not shown. */
	static DenialStoreException unreadable(long number, IllegalArgumentException ex) {
		return new DenialStoreException(
				"the denial of change " + number + " cannot be read: its id or target " + ex.getMessage());
	}

	private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
		long millis = row.getLong(column);
		return row.wasNull() ? null : Instant.ofEpochMilli(millis);
	}

	static @Nullable Long millis(@Nullable Instant time) {
		return (time != null) ? time.toEpochMilli() : null;
	}

}
