package dev.ablyauth.revocation;

import java.util.random.RandomGenerator;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What each instance has, told each second through PostgreSQL and by its clock. A file
 * has one instance, and nothing is told.
 */
final class Instances {

	/** An instance that says nothing for so long is gone, or cannot read the list. */
	private static final int MILLIS_TO_BE_GONE = 5000;

	private static final int MILLIS_TO_BE_FORGOTTEN = 24 * 3600 * 1000;

	private static final String NOW = "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";

	private static final Logger LOGGER = LoggerFactory.getLogger(Instances.class);

	private final boolean shared;

	private final JdbcClient telling;

	private final JdbcClient asking;

	private final String id;

	/** Null until the list was read once. */
	private volatile @Nullable Reached own;

	private boolean failing;

	/**
	 * Creates it.
	 * @param shared whether there can be others, and they have to know of this one
	 * @param telling is used by whoever keeps the copy up to date, and by nobody else
	 * @param asking is used by whoever sends
	 */
	Instances(boolean shared, DataSource telling, DataSource asking, RandomGenerator random) {
		this.shared = shared;
		this.telling = JdbcClient.create(telling);
		this.asking = JdbcClient.create(asking);
		this.id = DenialId.next(random).toString();
	}

	/**
	 * Tells what this instance has. Where that cannot be written, the others do not wait
	 * for it, and the list is as good as it was.
	 */
	void tell(Reached reached) {
		boolean first = this.own == null;
		this.own = reached;
		if (!this.shared) {
			return;
		}
		try {
			this.telling
				.sql("insert into ably_auth_instance (id, change_number, revocations, seen) values (:id, :changes,"
						+ " :revocations, " + NOW + ") on conflict (id) do update set change_number = :changes,"
						+ " revocations = :revocations, seen = " + NOW)
				.param("id", this.id)
				.param("changes", reached.changes())
				.param("revocations", reached.revocations())
				.update();
			if (first) {
				forget();
			}
			this.failing = false;
		}
		catch (DataAccessException ex) {
			if (!this.failing) {
				LOGGER.warn("This instance cannot say what it knows: {}", DenialStoreException.of(ex).getMessage());
			}
			this.failing = true;
		}
	}

	/**
	 * What all instances have that were there in the last five seconds, or null if this
	 * one has nothing yet.
	 */
	@Nullable Reached everywhere() {
		Reached here = this.own;
		if (here == null || !this.shared) {
			return here;
		}
		return this.asking
			.sql("select coalesce(min(change_number), 0), coalesce(min(revocations), 0) from ably_auth_instance"
					+ " where seen > " + NOW + " - " + MILLIS_TO_BE_GONE)
			.query((row, index) -> new Reached(row.getLong(1), row.getLong(2)))
			.single();
	}

	/** Forgets those that were gone long ago. */
	private void forget() {
		this.telling.sql("delete from ably_auth_instance where seen < " + NOW + " - " + MILLIS_TO_BE_FORGOTTEN)
			.update();
	}

}
