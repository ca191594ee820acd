package dev.ablyauth.revocation;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;

import javax.sql.DataSource;

import dev.ablyauth.ably.RevocationFailure;
import dev.ablyauth.ably.RevocationResult;
import dev.ablyauth.ably.TargetResult;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes down what has become of claimed rows. Whoever lost a claim changes nothing.
 */
final class OutboxResults {

	/** Ably takes no time that is more than an hour ago. */
	static final Duration GIVEN_UP_AFTER = Duration.ofMinutes(55);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	/** From here on the pause is the longest. */
	private static final int SIX = 6;

	/** So far the clocks may be apart. */
	private static final Duration MAYBE_THE_CLOCK = Duration.ofMinutes(2);

	private static final String FINISH = "update ably_auth_revocation_target set tries = tries + 1, claimed_until = 0,"
			+ " state = :state, next_try = :next, applies_at = :applies, failure = :failure, code = :code"
			+ " where number = :number and place = :place and claim = :claim and state = 'WAITING'";

	private final StoreTransaction transaction;

	private final NamedParameterJdbcTemplate named;

	private final JdbcClient jdbc;

	OutboxResults(DataSource database) {
		this.transaction = new StoreTransaction(database);
		this.named = new NamedParameterJdbcTemplate(database);
		this.jdbc = JdbcClient.create(this.named);
	}

	/**
	 * Writes down the results of a call.
	 * @param now Ably's time
	 */
	void finish(Batch batch, RevocationResult result, Instant now) {
		SqlParameterSource[] rows = batch.rows().stream().map((row) -> {
			TargetResult of = result.targets().get(row.target());
			return params(batch, row, (of != null) ? of : new TargetResult.Failed(RevocationFailure.UNAVAILABLE, 0),
					now);
		}).toArray(SqlParameterSource[]::new);
		this.transaction.change((status) -> this.named.batchUpdate(FINISH, rows));
	}

	private static SqlParameterSource params(Batch batch, OutboxRow row, TargetResult result, Instant now) {
		TargetResult.Revoked revoked = (result instanceof TargetResult.Revoked done) ? done : null;
		TargetResult.Failed failed = (result instanceof TargetResult.Failed not) ? not : null;
		OutboxState state = (failed == null) ? OutboxState.REVOKED
				: passes(failed, batch, now) ? OutboxState.WAITING : OutboxState.REFUSED;
		return new MapSqlParameterSource("state", state.name())
			.addValue("next", now.plus(pause(row.tries() + 1)).toEpochMilli())
			.addValue("applies", (revoked != null) ? revoked.appliesAt().toEpochMilli() : null, Types.BIGINT)
			.addValue("failure", (failed != null) ? failed.reason().name() : null, Types.VARCHAR)
			.addValue("code", (failed != null) ? failed.code() : 0)
			.addValue("number", row.number())
			.addValue("place", row.place())
			.addValue("claim", batch.claim());
	}

	/**
	 * Ably refuses a second that has not begun there, and the clocks may not agree. So
	 * what is invalid is not believed at once.
	 */
	private static boolean passes(TargetResult.Failed failed, Batch batch, Instant now) {
		return failed.reason().passes() || (failed.reason() == RevocationFailure.INVALID
				&& now.isBefore(batch.second().second().plus(MAYBE_THE_CLOCK)));
	}

	/** 1, 2, 4 seconds and so on, up to a minute. */
	static Duration pause(int tries) {
		return (tries > SIX) ? LONGEST_PAUSE : Duration.ofSeconds(1L << (tries - 1));
	}

	/**
	 * Gives up what is too old, and calls repeats off whose denial was ended meanwhile.
	 * @param now Ably's time
	 * @param own the time by which denials end
	 */
	void tidy(Instant now, Instant own) {
		this.jdbc
			.sql("update ably_auth_revocation_target set state = 'ENDED'"
					+ " where state = 'WAITING' and claimed_until <= :now and issued_before <= :old")
			.param("now", now.toEpochMilli())
			.param("old", now.minus(GIVEN_UP_AFTER).toEpochMilli())
			.update();
		this.jdbc
			.sql("update ably_auth_revocation_target set state = 'CALLED_OFF'"
					+ " where state = 'WAITING' and claimed_until <= :now and exists (select 1"
					+ " from ably_auth_revocation r join ably_auth_denial d on d.id = r.denial"
					+ " where r.id = ably_auth_revocation_target.revocation"
					+ " and r.number < ably_auth_revocation_target.number"
					+ " and (d.ended is not null or d.until_time <= :own))")
			.param("now", now.toEpochMilli())
			.param("own", own.toEpochMilli())
			.update();
	}

}
