package dev.ablyauth.revocation;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Many denials at once, as thousands of calls would have made them.
 */
public final class TestRows {

	private TestRows() {
	}

	/**
	 * Inserts keys of calls from the year 1970, which all were about the first denial.
	 */
	static void insertKeys(JdbcClient jdbc, long count) {
		jdbc.sql("with recursive n(i) as (select 1 union all select i + 1 from n where i < " + count + ") "
				+ "insert into ably_auth_idempotency (author, idempotency_key, body, denial, at) select 'a', 'k' || i,"
				+ " 'b', d.id, 0 from n, ably_auth_denial d")
			.update();
	}

	/**
	 * Inserts denials of user2, user3 and so on, with these numbers.
	 * @param jdbc the store
	 * @param first the number and the user of the first one
	 * @param count how many
	 */
	public static void insert(JdbcClient jdbc, long first, long count) {
		String numbers = "with recursive n(i) as (select " + first + " union all select i + 1 from n where i < "
				+ (first + count - 1) + ") ";
		String id = "substr('0000000000000000000000000000000' || i, length('' || i), 32)";
		jdbc.sql(numbers + "insert into ably_auth_denial (id, number, kind, target, reason, author, created) select "
				+ id + ", i, 'userId', 'user' || i, 'r', 'a', 0 from n")
			.update();
		jdbc.sql(numbers + "insert into ably_auth_change (number, denial, kind, author, at) select i, " + id
				+ ", 'deny', 'a', 0 from n")
			.update();
		jdbc.sql("update ably_auth_store set change_number = change_number + " + count + ", denials = denials + "
				+ count)
			.update();
	}

}
