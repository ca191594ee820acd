package dev.ablyauth.revocation;

import java.util.Objects;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Connections to the store. Whoever keeps the copy up to date has one of its own, so that
 * writes that wait for each other do not make the copy old.
 */
final class StoreConnections implements AutoCloseable {

	private static final int WRITERS = 4;

	private static final long MILLIS_FOR_A_CONNECTION = 2000;

	private static final long MILLIS_FOR_A_CHECK = 1000;

	/** Of the driver, whole seconds. */
	private static final String SECONDS_TO_CONNECT = "2";

	private static final String SECONDS_FOR_AN_ANSWER = "5";

	private static final String MILLIS_FOR_THE_LOCK = "2000";

	/** Of SQLite, SQLITE_OPEN_READWRITE alone: a file that is not there is not made. */
	private static final String READ_AND_WRITE = "2";

	private final HikariDataSource reading;

	private final HikariDataSource writing;

	private final StoreFile file;

	private final DataSource checkedReading;

	private final DataSource checkedWriting;

	/** Prepares connections and opens none. */
	StoreConnections(DenyListProperties settings) {
		this.reading = pool(settings, "deny-list-reads", 1, "DEFERRED");
		this.writing = pool(settings, "deny-list-writes", WRITERS, "IMMEDIATE");
		this.file = StoreFile.of(settings);
		this.checkedReading = new CheckedConnections(this.reading, this.file);
		this.checkedWriting = new CheckedConnections(this.writing, this.file);
		if (DenyListProperties.file(settings.url()) != null) {
			// As long as one has the file open, no other can get its key.
			this.reading.setMaxLifetime(0);
			this.reading.setIdleTimeout(0);
		}
	}

	private static HikariDataSource pool(DenyListProperties settings, String name, int size, String mode) {
		HikariConfig config = new HikariConfig();
		config.setPoolName(name);
		config.setJdbcUrl(Objects.requireNonNull(settings.url()));
		config.setUsername(settings.username());
		config.setPassword(settings.password());
		config.setMaximumPoolSize(size);
		config.setMinimumIdle(0);
		config.setInitializationFailTimeout(-1);
		config.setConnectionTimeout(MILLIS_FOR_A_CONNECTION);
		config.setValidationTimeout(MILLIS_FOR_A_CHECK);
		config.setDataSourceProperties(driverProperties(settings, mode));
		return new HikariDataSource(config);
	}

	/**
	 * Opens a connection each time, which is for the start alone: here the first error is
	 * told at once.
	 */
	static DataSource single(DenyListProperties settings) {
		Properties properties = driverProperties(settings, "DEFERRED");
		if (settings.username() != null) {
			properties.setProperty("user", settings.username());
		}
		if (settings.password() != null) {
			properties.setProperty("password", settings.password());
		}
		return new DriverManagerDataSource(Objects.requireNonNull(settings.url()), properties);
	}

	private static Properties driverProperties(DenyListProperties settings, String transactionMode) {
		Properties properties = new Properties();
		if (StoreKind.of(Objects.requireNonNull(settings.url())) == StoreKind.SQLITE) {
			properties.setProperty("open_mode", READ_AND_WRITE);
			properties.setProperty("journal_mode", "WAL");
			properties.setProperty("synchronous", "FULL");
			properties.setProperty("foreign_keys", "true");
			properties.setProperty("busy_timeout", MILLIS_FOR_THE_LOCK);
			properties.setProperty("transaction_mode", transactionMode);
			return properties;
		}
		properties.setProperty("ApplicationName", "ably-auth-server");
		properties.setProperty("connectTimeout", SECONDS_TO_CONNECT);
		properties.setProperty("loginTimeout", SECONDS_TO_CONNECT);
		properties.setProperty("socketTimeout", SECONDS_FOR_AN_ANSWER);
		properties.setProperty("tcpKeepAlive", "true");
		// Poolers that change the connection under a statement know no prepared ones.
		properties.setProperty("prepareThreshold", "0");
		return properties;
	}

	DataSource reading() {
		return this.checkedReading;
	}

	DataSource writing() {
		return this.checkedWriting;
	}

	StoreFile file() {
		return this.file;
	}

	@Override
	public void close() {
		this.reading.close();
		this.writing.close();
	}

}
