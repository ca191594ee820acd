package dev.ablyauth.revocation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads revocations: those of the last hour for the memory, and the state of one for
 * whoever asks.
 */
final class RevocationReads {

	private final JdbcClient jdbc;

	private final StoredSpecifiers specifiers;

	RevocationReads(DataSource database, StoredSpecifiers specifiers) {
		this.specifiers = specifiers;
		this.jdbc = JdbcClient.create(database);
	}

	/** The last number. */
	long number() {
		return reading(() -> this.jdbc.sql("select revocations from ably_auth_store")
			.query(Long.class)
			.optional()
			.orElseThrow(() -> new DenialStoreException("its tables were emptied")));
	}

	/**
	 * Reads what goes to Ably or went there, oldest first, as far as this version knows
	 * it; also what its writer knows no key for that can revoke, because another instance
	 * may have one. Alone, that is never corrected, so it does not count where its second
	 * is by a clock that was wrong.
	 * @param known the last number that is known
	 * @param since leaves out those with a second before
	 * @param soon leaves out those of no such key with a second after
	 */
	List<RecentSeconds.Entry> since(long known, Instant since, Instant soon) {
		return reading(() -> this.specifiers.entries(this.jdbc
			.sql("select distinct number, specifier, issued_before from ably_auth_revocation_target"
					+ " where number > :known and issued_before > :since and specifier is not null"
					+ " and (state <> 'REFUSED' or tries > 0 or issued_before <= :soon) order by number")
			.param("known", known)
			.param("soon", soon.toEpochMilli())
			.param("since", since.toEpochMilli())));
	}

	Optional<RevocationState> find(RevocationId id) {
		return find("id", id.value());
	}

	Optional<RevocationState> find(DenialId denial) {
		return find("denial", denial.toString());
	}

	private Optional<RevocationState> find(String column, String value) {
		return reading(() -> this.jdbc.sql("select * from ably_auth_revocation where " + column + " = ?")
			.param(value)
			.query(RevocationRow::of)
			.optional()
			.map((found) -> found.state(rows(found.id()))));
	}

	/**
	 * Reads some, the newest first.
	 * @param after the last one that was seen before, or null
	 */
	List<RevocationSummary> list(@Nullable RevocationId after, int limit) {
		return reading(() -> this.jdbc
			.sql("select r.*, (select count(*) from ably_auth_revocation_target t where t.revocation = r.id) entries,"
					+ " (select count(*) from ably_auth_revocation_target t where t.revocation = r.id"
					+ " and t.state = 'WAITING') waiting from ably_auth_revocation r"
					+ ((after != null) ? " where number < (select number from ably_auth_revocation where id = ?)" : "")
					+ " order by number desc limit " + limit)
			.params((after != null) ? List.of(after.value()) : List.of())
			.query((row, index) -> RevocationRow.of(row, index).summary(row))
			.list());
	}

	boolean has(RevocationId id) {
		return reading(() -> this.jdbc.sql("select count(*) from ably_auth_revocation where id = ?")
			.param(id.value())
			.query(Integer.class)
			.single()) > 0;
	}

	private List<ProgressRow> rows(RevocationId id) {
		return this.jdbc.sql("select * from ably_auth_revocation_target where revocation = ? order by number, place")
			.param(id.value())
			.query(ProgressRow::of)
			.list();
	}

	/**
	 * Finds the revocation that a call has made before.
	 * @throws dev.ablyauth.ably.Refused if the key belongs to another call
	 */
	Optional<RevocationId> find(Once once, String author) {
		return this.jdbc.sql("select id, body from ably_auth_revocation where author = ? and idempotency_key = ?")
			.params(author, once.key())
			.query((row, index) -> {
				if (!once.body().equals(row.getString("body"))) {
					throw Once.anotherBody();
				}
				return new RevocationId(row.getString("id"));
			})
			.optional();
	}

	private static <T> T reading(Supplier<@Nullable T> read) {
		try {
			return Objects.requireNonNull(read.get());
		}
		catch (DataAccessException ex) {
			throw DenialStoreException.of(ex);
		}
	}

}
