package dev.ablyauth.revocation;

import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The databases that can keep the list, and what each must promise so that an
 * acknowledged write is never lost.
 */
enum StoreKind {

	/** A file, for one instance. */
	SQLITE("jdbc:sqlite:") {

		/** With FULL, each commit is on the disk before it returns. */
		@Override
		Optional<String> weakness(JdbcClient jdbc) {
			String journal = jdbc.sql("pragma journal_mode").query(String.class).single();
			int synchronous = jdbc.sql("pragma synchronous").query(Integer.class).single();
			return (journal.equals("wal") && synchronous >= FULL) ? Optional.empty()
					: Optional.of("runs with journal_mode " + journal + " and synchronous " + synchronous
							+ ", expected wal and 2 (FULL)");
		}

	},

	/** A server, for several instances. */
	POSTGRESQL("jdbc:postgresql:") {

		@Override
		Optional<String> weakness(JdbcClient jdbc) {
			String commit = jdbc.sql("select current_setting('synchronous_commit')").query(String.class).single();
			String fsync = jdbc.sql("select current_setting('fsync')").query(String.class).single();
			return (DURABLE.contains(commit) && fsync.equals("on")) ? Optional.empty()
					: Optional.of("runs with synchronous_commit " + commit + " and fsync " + fsync + ", expected on");
		}

		/** Said when the transaction is committed, and only then. */
		@Override
		void announce(JdbcClient jdbc) {
			jdbc.sql("select pg_notify('" + CHANNEL + "', '')").query().singleRow();
		}

	};

	/** Where PostgreSQL says that something has changed. */
	static final String CHANNEL = "ably_auth_deny_list";

	private static final int FULL = 2;

	/** All values but off. */
	private static final Set<String> DURABLE = Set.of("on", "local", "remote_write", "remote_apply");

	private final String prefix;

	StoreKind(String prefix) {
		this.prefix = prefix;
	}

	/** Says why a write could be lost here after it was acknowledged. */
	abstract Optional<String> weakness(JdbcClient jdbc);

	/** Tells other instances that something changes, where there can be some. */
	void announce(JdbcClient jdbc) {
	}

	static @Nullable StoreKind of(String url) {
		for (StoreKind kind : values()) {
			if (url.startsWith(kind.prefix) && url.length() > kind.prefix.length()) {
				return kind;
			}
		}
		return null;
	}

	/** What follows the kind in an address, without parameters. */
	String path(String url) {
		int query = url.indexOf('?');
		return url.substring(this.prefix.length(), (query < 0) ? url.length() : query);
	}

}
