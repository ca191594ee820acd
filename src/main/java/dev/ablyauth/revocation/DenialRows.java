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
		String id = row.getString("id");
		try {
			return new Denial(DenialId.parse(id), row.getLong("number"),
					new Target(Target.Kind.of(row.getString("kind")), row.getString("target")), row.getString("reason"),
					row.getString("author"), Instant.ofEpochMilli(row.getLong("created")), time(row, "until_time"),
					time(row, "ended"), row.getString("ended_by"));
		}
		catch (IllegalArgumentException ex) {
			throw new DenialStoreException("the denial " + id + " cannot be read: its target " + ex.getMessage());
		}
	}

	private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
		long millis = row.getLong(column);
		return row.wasNull() ? null : Instant.ofEpochMilli(millis);
	}

	static @Nullable Long millis(@Nullable Instant time) {
		return (time != null) ? time.toEpochMilli() : null;
	}

}
