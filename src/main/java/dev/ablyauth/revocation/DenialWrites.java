package dev.ablyauth.revocation;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Changes the store, one change at a time: each begins with the row that has the number,
 * so the order of numbers is the order in which changes can be seen.
 */
final class DenialWrites {

	private static final String DENY = "deny";

	private static final String ALLOW = "allow";

	private final StoreCare care;

	private final JdbcClient jdbc;

	private final StoreTransaction transaction;

	private final OldKeys oldKeys;

	DenialWrites(StoreCare care, DataSource database) {
		this.care = care;
		this.jdbc = JdbcClient.create(database);
		this.transaction = new StoreTransaction(database);
		this.oldKeys = new OldKeys(database);
	}

	/**
	 * Denies. What it returns is on the disk.
	 * @param known the last change that is known here; a store without it is an older
	 * copy, and takes nothing
	 * @param once what makes a repetition the same call, or null
	 * @param also is done in the same transaction, unless it is a repetition
	 * @throws DenialStoreException if it is not
	 */
	Written deny(DenialWish wish, DenialId id, Instant now, long known, @Nullable Once once, Consumer<Denial> also) {
		return this.transaction.change((status) -> {
			long number = next(1, known);
			Denial before = (once != null) ? before(once, wish.author()) : null;
			if (before != null) {
				status.setRollbackOnly();
				return new Written(before, 0);
			}
			Denial denial = new Denial(id, number, wish.target(), wish.reason(), wish.author(), now, wish.until(), null,
					null);
			insert(denial);
			log(number, id, DENY, wish.author(), now);
			if (once != null) {
				this.oldKeys.forget(now);
				remember(once, denial);
			}
			also.accept(denial);
			return new Written(denial, number);
		});
	}

	/**
	 * Ends a denial. One that was ended before stays as it is.
	 * @param known the last change that is known here
	 * @return the denial, or empty if there is none
	 * @throws DenialStoreException if it is not on the disk
	 */
	Optional<Written> allow(DenialId id, String author, Instant now, long known) {
		return this.transaction.change((status) -> {
			long number = next(0, known);
			int ended = this.jdbc
				.sql("update ably_auth_denial set ended = :now, ended_by = :author where id = :id and ended is null")
				.param("now", now.toEpochMilli())
				.param("author", author)
				.param("id", id.toString())
				.update();
			if (ended == 0) {
				status.setRollbackOnly();
				return find(id).map((denial) -> new Written(denial, 0));
			}
			log(number, id, ALLOW, author, now);
			return find(id).map((denial) -> new Written(denial, number));
		});
	}

	private long next(int denials, long known) {
		int rows = this.jdbc
			.sql("update ably_auth_store set change_number = change_number + 1, denials = denials + :denials")
			.param("denials", denials)
			.update();
		if (rows != 1) {
			throw new DenialStoreException("its tables were emptied");
		}
		this.care.check();
		long number = this.jdbc.sql("select change_number from ably_auth_store").query(Long.class).single();
		if (number <= known) {
			throw new DenialStoreException("it is at change " + (number - 1) + " and was at " + known + " before");
		}
		return number;
	}

	private void insert(Denial denial) {
		this.jdbc
			.sql("insert into ably_auth_denial (id, number, kind, target, reason, author, created, until_time)"
					+ " values (?, ?, ?, ?, ?, ?, ?, ?)")
			.param(denial.id().toString())
			.param(denial.number())
			.param(denial.target().kind().label())
			.param(denial.target().value())
			.param(denial.reason())
			.param(denial.author())
			.param(denial.created().toEpochMilli())
			.param(DenialRows.millis(denial.until()))
			.update();
	}

	private void log(long number, DenialId id, String kind, String author, Instant now) {
		this.jdbc.sql("insert into ably_auth_change (number, denial, kind, author, at) values (?, ?, ?, ?, ?)")
			.params(number, id.toString(), kind, author, now.toEpochMilli())
			.update();
		this.care.announce();
	}

	private @Nullable Denial before(Once once, String author) {
		return this.jdbc
			.sql("select i.body, d.* from ably_auth_idempotency i join ably_auth_denial d on d.id = i.denial"
					+ " where i.author = :author and i.idempotency_key = :key")
			.param("author", author)
			.param("key", once.key())
			.query((row, index) -> {
				if (!once.body().equals(row.getString("body"))) {
					throw Once.anotherBody();
				}
				return DenialRows.denial(row);
			})
			.optional()
			.orElse(null);
	}

	private void remember(Once once, Denial denial) {
		this.jdbc
			.sql("insert into ably_auth_idempotency (author, idempotency_key, body, denial, at) values (?, ?, ?, ?, ?)")
			.params(denial.author(), once.key(), once.body(), denial.id().toString(), denial.created().toEpochMilli())
			.update();
	}

	private Optional<Denial> find(DenialId id) {
		return this.jdbc.sql("select * from ably_auth_denial where id = :id")
			.param("id", id.toString())
			.query((row, index) -> DenialRows.denial(row))
			.optional();
	}

	/**
	 * A denial after a call.
	 *
	 * @param denial as it is now
	 * @param number the change that made it so, or 0 if there was none
	 */
	record Written(Denial denial, long number) {
	}

}
