package dev.ablyauth.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import javax.sql.DataSource;

import dev.ablyauth.ably.KeyName;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ends what is not to be sent any more.
 */
final class OutboxEnds {

	/** Ably takes no time that is more than an hour ago. */
	static final Duration GIVEN_UP_AFTER = Duration.ofMinutes(55);

	/**
	 * While settings change, one instance may still have a key that another has not, or
	 * not yet.
	 */
	static final Duration NOBODY_HAS_THE_KEY = Duration.ofMinutes(5);

	/**
	 * Nobody claims for so long, so a clock was ahead of ours: such a claim is over too.
	 */
	private static final Duration NEVER_SO_LONG = Duration.ofMinutes(2);

	/** So far ahead a clock may be that was not compared with Ably's. */
	private static final Duration UNKNOWN = Duration.ofDays(1);

	/** Of those that are made until then, one a minute. */
	private static final int MANY_TRIES = 40;

	/** Of a row: whether anybody may take it. */
	static final String UNCLAIMED = "(claimed_until <= :now or claimed_until > :never)";

	private static final String WAITS = " where state = 'WAITING' and " + UNCLAIMED;

	private static final String ORPHANED = WAITS + " and issued_before <= :before and key_name not in (:keys)"
			+ " and key_name not in (select o.key_name from ably_auth_revocation_target o where o.issued_before > :old"
			+ " and ((o.tries > 0 and o.next_try > :before) or o.claimed_until > :before))";

	private final JdbcClient jdbc;

	private final TokenKeys keys;

	/**
	 * Creates it.
	 * @param keys what is for others than those that can revoke now has no end but this
	 */
	OutboxEnds(DataSource database, TokenKeys keys) {
		this.jdbc = JdbcClient.create(database);
		this.keys = keys;
	}

	/**
	 * Those that can revoke now, perhaps none; for a condition, which must have one at
	 * least.
	 */
	static List<String> names(TokenKeys keys) {
		List<String> names = keys.revokers().keySet().stream().map(KeyName::value).toList();
		return names.isEmpty() ? List.of("") : names;
	}

	/**
	 * Ends what is too old, what belongs to keys that nobody revokes with any more, and
	 * repeats whose denial was ended meanwhile.
	 * @param time Ably's, and the one by which denials end
	 * @param goodSince since when all instances could have sent something, or null if
	 * they could not
	 */
	void end(AblyTime time, @Nullable Instant goodSince) {
		Instant now = time.now();
		giveUp(now, time.isKnown());
		if (goodSince != null && !goodSince.isAfter(now.minus(NOBODY_HAS_THE_KEY))) {
			refuseOrphans(now);
		}
		callOff(now, time.own().instant());
	}

	static long never(Instant now) {
		return now.plus(NEVER_SO_LONG).toEpochMilli();
	}

	/** A clock that was not compared could be ahead, and another one send it still. */
	private void giveUp(Instant now, boolean isKnown) {
		this.jdbc
			.sql("update ably_auth_revocation_target set state = 'ENDED'" + WAITS + " and issued_before <= :old"
					+ " and (tries >= :tries or issued_before <= :surely)")
			.param("now", now.toEpochMilli())
			.param("never", never(now))
			.param("old", now.minus(GIVEN_UP_AFTER).toEpochMilli())
			.param("tries", isKnown ? 0 : MANY_TRIES)
			.param("surely", now.minus(GIVEN_UP_AFTER).minus(UNKNOWN).toEpochMilli())
			.update();
	}

	/** Whoever has the key tries each minute at least, also while Ably is away. */
	private void refuseOrphans(Instant now) {
		this.jdbc
			.sql("update ably_auth_revocation_target set state = 'REFUSED', failure = 'NOT_REVOCABLE', code = 0"
					+ ORPHANED)
			.param("now", now.toEpochMilli())
			.param("never", never(now))
			.param("before", now.minus(NOBODY_HAS_THE_KEY).toEpochMilli())
			.param("old", now.minus(GIVEN_UP_AFTER).toEpochMilli())
			.param("keys", names(this.keys))
			.update();
	}

	/**
	 * Repeats alone: what belongs to a denial and waits the first time will be repeated.
	 */
	private void callOff(Instant now, Instant own) {
		this.jdbc
			.sql("update ably_auth_revocation_target set state = 'CALLED_OFF'" + WAITS
					+ " and repeat_due is null and exists (select 1"
					+ " from ably_auth_revocation r join ably_auth_denial d on d.id = r.denial"
					+ " where r.id = ably_auth_revocation_target.revocation"
					+ " and (d.ended is not null or d.until_time <= :own))")
			.param("now", now.toEpochMilli())
			.param("never", never(now))
			.param("own", own.toEpochMilli())
			.update();
	}

}
