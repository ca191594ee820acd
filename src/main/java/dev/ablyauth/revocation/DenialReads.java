package dev.ablyauth.revocation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the store for the copy in memory. The number is always read before the rows, so
 * the rows may be newer than it says, and what comes next is then known twice, which does
 * no harm.
 */
final class DenialReads {

	/** Rows of a first read that are in memory at a time. */
	private static final int ROWS = 5000;

	/** As many changes at most are taken in one step. */
	static final int STEP = 5000;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	DenialReads(DataSource database) {
		JdbcTemplate template = new JdbcTemplate(database);
		template.setFetchSize(ROWS);
		this.jdbc = JdbcClient.create(template);
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
	}

	/**
	 * Tells where the store is.
	 * @param known the last change that the copy has
	 */
	Position position(long known) {
		return reading(() -> this.jdbc
			.sql("select s.id, s.change_number, (select c.denial from ably_auth_change c where c.number = :known) mark"
					+ " from ably_auth_store s")
			.param("known", known)
			.query((row, index) -> new Position(row.getString(1), row.getLong(2), row.getString(3)))
			.optional()
			.orElseThrow(() -> new DenialStoreException("its tables were emptied")));
	}

	/**
	 * Makes sure that nobody has deleted rows, which would be an empty list by accident.
	 */
	Position checked() {
		return reading(() -> {
			boolean whole = this.jdbc
				.sql("select s.change_number = (select count(*) from ably_auth_change)"
						+ " and s.denials = (select count(*) from ably_auth_denial) from ably_auth_store s")
				.query(Boolean.class)
				.optional()
				.orElse(false);
			if (!whole) {
				throw new DenialStoreException("rows of its tables are missing");
			}
			// Somebody may write between the two; then the mark is not that of the
			// newest.
			Position now = position(0);
			return new Position(now.storeId(), now.number(), position(now.number()).mark());
		});
	}

	/**
	 * Reads all denials that nobody has ended.
	 * @param since leaves out those that were over then by their own end
	 * @return where the store was before
	 */
	Position load(Instant since, SnapshotChange list) {
		return reading(() -> this.transaction.execute((status) -> {
			Position position = checked();
			this.jdbc
				.sql("select number, id, kind, target, until_time from ably_auth_denial where ended is null"
						+ " and (until_time is null or until_time > :since)")
				.param("since", since.toEpochMilli())
				.query((RowCallbackHandler) (row) -> add(row, list));
			return position;
		}));
	}

	/** By the places of the columns, because there may be a million rows. */
	private static void add(ResultSet row, SnapshotChange list) throws SQLException {
		try {
			long millis = row.getLong(5);
			Instant until = row.wasNull() ? null : Instant.ofEpochMilli(millis);
			list.add(DenialId.parse(row.getString(2)), new Target(Target.Kind.of(row.getString(3)), row.getString(4)),
					until);
		}
		catch (IllegalArgumentException ex) {
			throw DenialRows.unreadable(row.getLong(1), ex);
		}
	}

	/**
	 * Reads what has changed, oldest first, each with its denial as it is now.
	 * @param known the last change that the copy has
	 */
	List<Change> changes(long known) {
		return reading(() -> this.jdbc.sql("select c.number change_number, c.at change_at, d.* from ably_auth_change c"
				+ " join ably_auth_denial d on d.id = c.denial where c.number > :known order by c.number limit " + STEP)
			.param("known", known)
			.query((row, index) -> new Change(row.getLong("change_number"),
					Instant.ofEpochMilli(row.getLong("change_at")), DenialRows.denial(row)))
			.list());
	}

	Optional<Denial> find(DenialId id) {
		return reading(() -> this.jdbc.sql("select * from ably_auth_denial where id = :id")
			.param("id", id.toString())
			.query((row, index) -> DenialRows.denial(row))
			.optional());
	}

	List<Denial> search(DenialSearch search, Instant now) {
		return list(search.conditions(now.toEpochMilli()), "number desc", search.limit());
	}

	/**
	 * Reads some in the order of their numbers.
	 * @param last the number after which they begin
	 * @param newest the number with which they end
	 */
	List<Denial> page(DenialSearch search, Instant now, long last, long newest, int rows) {
		Map<String, Object> conditions = search.conditionsInOrder(now.toEpochMilli());
		conditions.put("number > ?", last);
		conditions.put("number <= ?", newest);
		return list(conditions, "number", rows);
	}

	private List<Denial> list(Map<String, Object> conditions, String order, int rows) {
		String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions.keySet());
		return reading(
				() -> this.jdbc.sql("select * from ably_auth_denial" + where + " order by " + order + " limit " + rows)
					.params(List.copyOf(conditions.values()))
					.query((row, index) -> DenialRows.denial(row))
					.list());
	}

	private static <T> T reading(Supplier<@Nullable T> read) {
		try {
			return Objects.requireNonNull(read.get());
		}
		catch (DataAccessException | TransactionException ex) {
			throw DenialStoreException.of(ex);
		}
	}

	/**
	 * Where the store is.
	 *
	 * @param storeId made up once
	 * @param number the last change
	 * @param mark the denial that the change asked for was about; null if there was none
	 */
	record Position(String storeId, long number, @Nullable String mark) {

		/**
		 * Refuses a store that is not the one that was read before, or that is behind it:
		 * a restored copy, a replica that has missed changes, emptied tables.
		 * @param before where it was then; this was asked about that change
		 */
		void checkFollows(Position before) {
			if (!this.storeId.equals(before.storeId)) {
				throw new DenialStoreException("it is another store than before");
			}
			checkHas(before.number);
			if (!Objects.equals(this.mark, before.mark)) {
				throw new DenialStoreException("its change " + before.number + " is another one than before");
			}
		}

		/**
		 * Makes sure that it is no older copy, also where the newest change was written
		 * here and not yet read back.
		 */
		void checkHas(long change) {
			if (this.number < change) {
				throw new DenialStoreException("it is at change " + this.number + " and was at " + change + " before");
			}
		}

	}

	/**
	 * A change.
	 *
	 * @param number of it
	 * @param at when
	 * @param denial what it was about, as it is now
	 */
	record Change(long number, Instant at, Denial denial) {
	}

}
