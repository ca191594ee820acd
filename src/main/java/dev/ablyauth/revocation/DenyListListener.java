package dev.ablyauth.revocation;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import javax.sql.DataSource;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from PostgreSQL that something has changed, by a connection of its own. What it
 * misses, the next read of each second finds.
 */
final class DenyListListener implements AutoCloseable {

	/** A connection that died without a word is noticed after this long. */
	private static final Duration PATIENCE = Duration.ofSeconds(4);

	private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(1);

	private static final int SECONDS_FOR_A_CHECK = 1;

	private static final Logger LOGGER = LoggerFactory.getLogger(DenyListListener.class);

	private final DataSource database;

	private final Runnable heard;

	private final Thread thread = new Thread(this::run, "deny-list-listener");

	/**
	 * Creates it.
	 * @param heard is run when something has changed, or may have
	 */
	DenyListListener(DataSource database, Runnable heard) {
		this.database = database;
		this.heard = heard;
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	private void run() {
		try {
			while (!Thread.currentThread().isInterrupted()) {
				listen();
				Thread.sleep(BEFORE_ANOTHER_TRY.toMillis());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Returns when the connection is no good any more. */
	private void listen() {
		try (Connection connection = this.database.getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("listen " + StoreKind.CHANNEL);
			PGConnection postgres = connection.unwrap(PGConnection.class);
			this.heard.run();
			while (!Thread.currentThread().isInterrupted()) {
				PGNotification[] notifications = postgres.getNotifications((int) PATIENCE.toMillis());
				if (notifications.length > 0) {
					this.heard.run();
				}
				else if (!connection.isValid(SECONDS_FOR_A_CHECK)) {
					return;
				}
			}
		}
		catch (SQLException | RuntimeException | Error ex) {
			LOGGER.debug("Changes are not heard of at once, until the database can be reached again", ex);
		}
	}

	@Override
	public void close() {
		this.thread.interrupt();
	}

}
