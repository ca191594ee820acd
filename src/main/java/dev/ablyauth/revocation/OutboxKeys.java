package dev.ablyauth.revocation;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import dev.ablyauth.ably.KeyName;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Adds keys to revocations whose writer did not know them: another instance that has not
 * read its files again, one that was restarted and has forgotten a former key, or a
 * command. Tokens of such a key may be out all the same, so each instance that has the
 * key sends them there too, with the same second.
 */
final class OutboxKeys {

	/**
	 * Of the revocation itself, also where it was corrected and has another number, and
	 * not of a repeat, which the key will have when it is due. What is known of a key is
	 * looked up in one go, or a call with a thousand targets takes a million looks.
	 */
	private static final String MISSING = " from ably_auth_revocation_target t join ably_auth_revocation r"
			+ " on r.id = t.revocation where (r.number = t.number or r.denial is null or t.repeat_due is not null)"
			+ " and t.number > :done and t.issued_before > :old and t.specifier is not null"
			+ " and (t.number, t.kind, t.target, t.specifier) not in (select k.number, k.kind, k.target, k.specifier"
			+ " from ably_auth_revocation_target k where k.key_name = :key and k.number > :done"
			+ " and k.issued_before > :old and k.specifier is not null)";

	/** Those of one target and one clientId differ in the key alone. */
	private static final String ONE_OF_EACH = "(select t.*, r.denial, row_number()"
			+ " over (partition by t.number, t.kind, t.target, t.specifier order by t.place) as nth" + MISSING + ") t"
			+ " where t.nth = 1";

	private static final String ADD = "insert into ably_auth_revocation_target (number, place, revocation,"
			+ " change_number, kind, target, specifier, key_name, issued_before, state, next_try, lives_until, repeat_due)"
			+ " select t.number, (select max(m.place) from ably_auth_revocation_target m where m.number = t.number)"
			+ " + row_number() over (partition by t.number order by t.place), t.revocation, t.change_number, t.kind,"
			+ " t.target, t.specifier, cast(:key as varchar(140)), t.issued_before, 'WAITING', t.issued_before,"
			+ " t.issued_before + :lives, case when t.denial is null then null else t.issued_before + :late end from "
			+ ONE_OF_EACH;

	private final StoreTransaction transaction;

	private final JdbcClient jdbc;

	private final RevocationReads reads;

	private final RevocationWrites writes;

	private final TokenEnds ends;

	/** The last number that has all keys. */
	private long done;

	private Set<KeyName> known = Set.of();

	/**
	 * Creates it.
	 * @param ends of the keys whose tokens may be out
	 */
	OutboxKeys(DataSource database, RevocationReads reads, RevocationWrites writes, TokenEnds ends) {
		this.transaction = new StoreTransaction(database);
		this.jdbc = JdbcClient.create(database);
		this.reads = reads;
		this.writes = writes;
		this.ends = ends;
	}

	/**
	 * Looks at what is new, or at all that Ably still takes where keys are new.
	 * @param now Ably's time
	 */
	void add(Instant now) {
		List<TokenKey> keys = this.ends.keys().current().stream().filter((key) -> key.revoker() != null).toList();
		Set<KeyName> names = keys.stream().map(TokenKey::name).collect(Collectors.toUnmodifiableSet());
		if (!names.equals(this.known)) {
			this.known = names;
			this.done = 0;
		}
		long number = this.reads.number();
		if (number == this.done) {
			return;
		}
		if (keys.stream().anyMatch((key) -> isMissing(key, now))) {
			number = this.transaction.change((status) -> {
				// Whoever else writes waits, so that none is added twice.
				RevocationWrites.Numbers numbers = this.writes.next();
				keys.forEach((key) -> add(key, now));
				return numbers.revocations();
			});
		}
		this.done = number;
	}

	private boolean isMissing(TokenKey key, Instant now) {
		return this.jdbc.sql("select t.number" + MISSING + " limit 1")
			.param("done", this.done)
			.param("old", old(now))
			.param("key", key.name().value())
			.query(Long.class)
			.optional()
			.isPresent();
	}

	private void add(TokenKey key, Instant now) {
		this.jdbc.sql(ADD)
			.param("done", this.done)
			.param("old", old(now))
			.param("key", key.name().value())
			.param("lives", key.longest().plus(this.ends.late()).toMillis())
			.param("late", this.ends.late().toMillis())
			.update();
	}

	private static long old(Instant now) {
		return now.minus(OutboxEnds.GIVEN_UP_AFTER).toEpochMilli();
	}

}
