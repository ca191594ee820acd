package dev.ablyauth.revocation;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import dev.ablyauth.ably.RevocationFailure;
import dev.ablyauth.ably.RevocationResult;
import dev.ablyauth.ably.TargetResult;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * Writes down what has become of claimed rows. Whoever lost a claim changes nothing.
 */
final class OutboxResults {

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	/** From here on the pause is the longest. */
	private static final int SIX = 6;

	/** So far a clock that was compared with Ably's may be from it by now. */
	private static final Duration MAYBE_THE_CLOCK = Duration.ofMinutes(2);

	private static final String FINISH = "update ably_auth_revocation_target set tries = tries + 1, claimed_until = 0,"
			+ " state = :state, next_try = :next, applies_at = :applies, failure = :failure, code = :code"
			+ " where number = :number and place = :place and claim = :claim and state = 'WAITING'";

	private final StoreTransaction transaction;

	private final NamedParameterJdbcTemplate named;

	OutboxResults(DataSource database) {
		this.transaction = new StoreTransaction(database);
		this.named = new NamedParameterJdbcTemplate(database);
	}

	/**
	 * Writes down the results of a call.
	 * @param time by which what Ably refuses is judged
	 * @return whether something of it does not wait any longer
	 */
	boolean finish(Batch batch, RevocationResult result, AblyTime time) {
		Instant now = time.now();
		boolean believed = isBelieved(batch, result, time, now);
		boolean some = false;
		List<SqlParameterSource> rows = new ArrayList<>();
		for (OutboxRow row : batch.rows()) {
			TargetResult of = result.targets()
				.getOrDefault(row.target(), new TargetResult.Failed(RevocationFailure.UNAVAILABLE, 0));
			OutboxState state = state(of, believed);
			some |= state != OutboxState.WAITING;
			rows.add(params(batch, row, of, state, now));
		}
		this.transaction.change((status) -> this.named.batchUpdate(FINISH, rows.toArray(SqlParameterSource[]::new)));
		return some;
	}

	/**
	 * Tells whether a target is at fault where Ably says that something is invalid. Ably
	 * refuses a time that has not begun there too, and its codes do not tell the two
	 * apart for sure. The time was good if Ably took another target with it. Else a
	 * target is tried alone, because it may be another one's fault, and is believed to be
	 * wrong only if the time cannot be: it is over by a clock that was compared with
	 * Ably's, and not just now.
	 */
	private static boolean isBelieved(Batch batch, RevocationResult result, AblyTime time, Instant now) {
		if (result.targets().values().stream().anyMatch((target) -> target instanceof TargetResult.Revoked)) {
			return true;
		}
		return batch.rows().size() == 1 && time.isKnown()
				&& !now.isBefore(batch.second().second().plus(MAYBE_THE_CLOCK));
	}

	private static OutboxState state(TargetResult result, boolean believed) {
		if (!(result instanceof TargetResult.Failed failed)) {
			return OutboxState.REVOKED;
		}
		boolean isFinal = (failed.reason() == RevocationFailure.INVALID) ? believed : !failed.reason().passes();
		return isFinal ? OutboxState.REFUSED : OutboxState.WAITING;
	}

	private static SqlParameterSource params(Batch batch, OutboxRow row, TargetResult result, OutboxState state,
			Instant now) {
		TargetResult.Revoked revoked = (result instanceof TargetResult.Revoked done) ? done : null;
		TargetResult.Failed failed = (result instanceof TargetResult.Failed not) ? not : null;
		return new MapSqlParameterSource("state", state.name())
			.addValue("next", now.plus(pause(row.tries() + 1)).toEpochMilli())
			.addValue("applies", (revoked != null) ? revoked.appliesAt().toEpochMilli() : null, Types.BIGINT)
			.addValue("failure", (failed != null) ? failed.reason().name() : null, Types.VARCHAR)
			.addValue("code", (failed != null) ? failed.code() : 0)
			.addValue("number", row.number())
			.addValue("place", row.place())
			.addValue("claim", batch.claim());
	}

	/** 1, 2, 4 seconds and so on, up to a minute. */
	static Duration pause(int tries) {
		return (tries > SIX) ? LONGEST_PAUSE : Duration.ofSeconds(1L << (tries - 1));
	}

}
