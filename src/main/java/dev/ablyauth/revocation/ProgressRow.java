package dev.ablyauth.revocation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.RevocationFailure;
import org.jspecify.annotations.Nullable;

/**
 * The state of one target at one key, as the store has it.
 *
 * @param number of the revocation or repeat
 * @param place within it
 * @param repeatDue when a repeat is due, or null
 * @param repeatNumber its number, 0 where it was called off, null while it is due
 */
record ProgressRow(long number, int place, Target target, KeyName key, Progress progress, @Nullable Instant repeatDue,
		@Nullable Long repeatNumber) {

	static ProgressRow of(ResultSet row, int index) throws SQLException {
		long due = row.getLong("repeat_due");
		Instant repeatDue = row.wasNull() ? null : Instant.ofEpochMilli(due);
		long repeat = row.getLong("repeat_number");
		Long repeatNumber = row.wasNull() ? null : repeat;
		return new ProgressRow(row.getLong("number"), row.getInt("place"),
				new Target(Target.Kind.of(row.getString("kind")), row.getString("target")),
				new KeyName(row.getString("key_name")), progress(row), repeatDue, repeatNumber);
	}

	private static Progress progress(ResultSet row) throws SQLException {
		Instant livesUntil = Instant.ofEpochMilli(row.getLong("lives_until"));
		String name = row.getString("failure");
		RevocationFailure failure = (name != null) ? RevocationFailure.valueOf(name) : null;
		return switch (OutboxState.valueOf(row.getString("state"))) {
			case WAITING ->
				new Progress.OnItsWay(row.getInt("tries"), failure, Instant.ofEpochMilli(row.getLong("next_try")));
			case REVOKED -> new Progress.Revoked(Instant.ofEpochMilli(row.getLong("applies_at")));
			case REFUSED -> new Progress.NotRevoked(livesUntil, failure, row.getInt("code"));
			case NOTHING -> new Progress.NothingToRevoke(livesUntil);
			case ENDED -> new Progress.GivenUp(livesUntil);
			case CALLED_OFF -> new Progress.CalledOff();
		};
	}

	/** What has become of the repeat, if there is one. */
	@Nullable Progress repeat(@Nullable ProgressRow repeat) {
		if (repeat != null) {
			return repeat.progress();
		}
		if (this.repeatDue == null) {
			return null;
		}
		return (this.repeatNumber == null) ? new Progress.OnItsWay(0, null, this.repeatDue) : new Progress.CalledOff();
	}

}
