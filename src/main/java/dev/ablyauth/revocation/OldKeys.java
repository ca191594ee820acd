package dev.ablyauth.revocation;

import java.time.Duration;
import java.time.Instant;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Forgets the Idempotency-Keys of calls that are over for a week: nobody sends such a
 * call again. Whoever writes a new key does it now and then, within the same transaction,
 * so that there are never many more than those of a week.
 */
final class OldKeys {

	/** So long at least, a call that is sent again is the same call. */
	static final Duration KEPT = Duration.ofDays(7);

	/** So many of each table at a time, because others wait. */
	static final int MOST = 1000;

	private static final Duration PAUSE = Duration.ofHours(1);

	private final JdbcClient jdbc;

	private volatile Instant last = Instant.EPOCH;

	OldKeys(DataSource database) {
		this.jdbc = JdbcClient.create(database);
	}

	/**
	 * Forgets some, unless that was done within the last hour and none were left. The
	 * caller has the lock of the store.
	 */
	void forget(Instant now) {
		if (Duration.between(this.last, now).abs().compareTo(PAUSE) < 0) {
			return;
		}
		long before = now.minus(KEPT).toEpochMilli();
		int denials = this.jdbc
			.sql("delete from ably_auth_idempotency where (author, idempotency_key) in (select author, idempotency_key"
					+ " from ably_auth_idempotency where at < :before order by at limit " + MOST + ")")
			.param("before", before)
			.update();
		int revocations = this.jdbc
			.sql("update ably_auth_revocation set idempotency_key = null, body = null where id in (select id"
					+ " from ably_auth_revocation where idempotency_key is not null and created < :before"
					+ " order by created limit " + MOST + ")")
			.param("before", before)
			.update();
		if (denials < MOST && revocations < MOST) {
			this.last = now;
		}
	}

}
