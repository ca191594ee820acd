package dev.ablyauth.revocation;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes repeats out of revocations that belong to a denial, when it is time and while the
 * denial stands.
 */
final class OutboxRepeats {

	/** The first one goes first, also where it took long. */
	private static final String DUE = " from ably_auth_revocation_target t where t.repeat_due is not null"
			+ " and t.repeat_number is null and t.repeat_due <= :now and t.state <> 'WAITING'"
			+ " and t.specifier not in (:unknown)";

	private static final String OF_ONE = DUE + " and t.number = :number";

	/**
	 * What was refused because of the key is so again: tokens that were not revocable
	 * when they were issued never are. What was invalid may have been so by its time, and
	 * the repeat has another one.
	 */
	private static final String STANDS = " and (t.state <> 'REFUSED' or t.failure = 'INVALID') and exists (select 1 from ably_auth_revocation r"
			+ " join ably_auth_denial d on d.id = r.denial where r.id = t.revocation and d.ended is null"
			+ " and (d.until_time is null or d.until_time > :own))";

	private final StoreTransaction transaction;

	private final JdbcClient jdbc;

	private final RevocationWrites writes;

	private final StoredSpecifiers specifiers;

	private final StoreCare care;

	OutboxRepeats(DataSource database, RevocationWrites writes, StoredSpecifiers specifiers, StoreCare care) {
		this.transaction = new StoreTransaction(database);
		this.jdbc = JdbcClient.create(database);
		this.writes = writes;
		this.specifiers = specifiers;
		this.care = care;
	}

	/**
	 * Makes those of one revocation that are due.
	 * @param now Ably's time
	 * @param own the time by which denials end
	 * @return whether there were some
	 */
	boolean make(Instant now, Instant own) {
		Optional<Long> due = this.jdbc.sql("select t.number" + DUE + " order by t.repeat_due limit 1")
			.param("now", now.toEpochMilli())
			.param("unknown", this.specifiers.unknown())
			.query(Long.class)
			.optional();
		return due.isPresent() && this.transaction.change((status) -> {
			// Whoever ends the denial has the same lock, so it is ended before or
			// after this, and never between.
			RevocationWrites.Numbers numbers = this.writes.next();
			List<OutboxRow> all = rows("", due.get(), now, own);
			List<OutboxRow> standing = rows(STANDS, due.get(), now, own);
			Set<OutboxRow> repeated = new HashSet<>(standing);
			all.forEach((row) -> mark(row, repeated.contains(row) ? numbers.revocations() : 0));
			this.writes.repeat(standing, numbers);
			// Its second is a new one, which the others have to know.
			this.care.announce();
			return !all.isEmpty();
		});
	}

	private List<OutboxRow> rows(String condition, long number, Instant now, Instant own) {
		return this.specifiers.rows(this.jdbc.sql("select t.*" + OF_ONE + condition + " order by t.place")
			.param("number", number)
			.param("now", now.toEpochMilli())
			.param("own", own.toEpochMilli())
			.param("unknown", this.specifiers.unknown()));
	}

	private void mark(OutboxRow row, long number) {
		this.jdbc.sql("update ably_auth_revocation_target set repeat_number = ? where number = ? and place = ?")
			.params(number, row.number(), row.place())
			.update();
	}

}
