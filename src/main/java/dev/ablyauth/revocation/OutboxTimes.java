package dev.ablyauth.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives a new second to revocations that were written by a clock far ahead of Ably's.
 * Until theirs came, they would be sent to nobody, and those after them for the same
 * target would wait.
 */
final class OutboxTimes {

	/** More than clocks that are compared with Ably's can be apart. */
	static final Duration FAR = Duration.ofMinutes(2);

	private static final String FAR_AHEAD = " from ably_auth_revocation_target where issued_before > :far"
			+ " and specifier not in (:unknown)";

	private final StoreTransaction transaction;

	private final JdbcClient jdbc;

	private final RevocationWrites writes;

	private final StoredSpecifiers specifiers;

	private final StoreCare care;

	OutboxTimes(DataSource database, RevocationWrites writes, StoredSpecifiers specifiers, StoreCare care) {
		this.transaction = new StoreTransaction(database);
		this.jdbc = JdbcClient.create(database);
		this.writes = writes;
		this.specifiers = specifiers;
		this.care = care;
	}

	/**
	 * Corrects one revocation, also of keys that cannot revoke, so that another key which
	 * is added later gets this second. Only a clock that was compared with Ably's can
	 * tell which one is wrong.
	 * @return whether there were some
	 */
	boolean correct(AblyTime time) {
		if (!time.isKnown()) {
			return false;
		}
		Instant far = time.now().plus(FAR);
		Optional<Long> number = this.jdbc
			.sql("select number" + FAR_AHEAD + " and state = 'WAITING' order by number limit 1")
			.param("far", far.toEpochMilli())
			.param("unknown", this.specifiers.unknown())
			.query(Long.class)
			.optional();
		return number.isPresent() && this.transaction.change((status) -> {
			RevocationWrites.Numbers numbers = this.writes.next();
			List<OutboxRow> rows = this.specifiers
				.rows(this.jdbc.sql("select *" + FAR_AHEAD + " and number = :number order by place")
					.param("far", far.toEpochMilli())
					.param("unknown", this.specifiers.unknown())
					.param("number", number.get()));
			this.writes.correct(rows, numbers);
			this.care.announce();
			return !rows.isEmpty();
		});
	}

}
