package dev.ablyauth.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sessions that Spring Session keeps in PostgreSQL: one SELECT each, by a few connections
 * that are opened when they are needed.
 */
final class JdbcSessionStore implements SessionStore {

	private static final int CONNECTIONS = 8;

	private static final long MILLIS_FOR_A_CONNECTION = 1000;

	private static final long MILLIS_FOR_A_CHECK = 500;

	/** Of the driver, whole seconds. */
	private static final int SECONDS = 1;

	private final HikariDataSource connections;

	private final JdbcClient jdbc;

	private final String query;

	/**
	 * Prepares the connections and opens none.
	 */
	JdbcSessionStore(SpringSessionProperties settings) {
		this.connections = new HikariDataSource(config(settings));
		JdbcTemplate template = new JdbcTemplate(this.connections);
		template.setQueryTimeout(SECONDS);
		this.jdbc = JdbcClient.create(template);
		String table = settings.tableName();
		// The name is checked by the settings; the id is a parameter.
		this.query = "SELECT S.EXPIRY_TIME, A.ATTRIBUTE_BYTES FROM " + table + " S LEFT JOIN " + table
				+ "_ATTRIBUTES A ON A.SESSION_PRIMARY_ID = S.PRIMARY_ID AND A.ATTRIBUTE_NAME = '"
				+ StoredSession.SECURITY_CONTEXT + "' WHERE S.SESSION_ID = ?";
	}

	private static HikariConfig config(SpringSessionProperties settings) {
		HikariConfig config = new HikariConfig();
		config.setPoolName("spring-session");
		config.setJdbcUrl(settings.url());
		config.setUsername(settings.username());
		config.setPassword(settings.password());
		config.setReadOnly(true);
		config.setMaximumPoolSize(CONNECTIONS);
		config.setMinimumIdle(0);
		config.setInitializationFailTimeout(-1);
		config.setConnectionTimeout(MILLIS_FOR_A_CONNECTION);
		config.setValidationTimeout(MILLIS_FOR_A_CHECK);
		config.addDataSourceProperty("connectTimeout", SECONDS);
		config.addDataSourceProperty("loginTimeout", SECONDS);
		config.addDataSourceProperty("socketTimeout", SECONDS);
		// Poolers that change the connection under a statement know no prepared ones.
		config.addDataSourceProperty("prepareThreshold", 0);
		// Bytes of a result; more is an error, before it fills the memory.
		config.addDataSourceProperty("maxResultBuffer", 2 * StoredSession.MAX_BYTES);
		return config;
	}

	@Override
	public Optional<StoredSession> find(String id) throws SessionStoreException {
		try {
			return this.jdbc.sql(this.query).param(id).query(JdbcSessionStore::session).optional();
		}
		catch (DataAccessException ex) {
			throw failed(ex, id);
		}
	}

	/**
	 * Class 08 and no class: there is no connection, and the text has changing numbers.
	 */
	private static SessionStoreException failed(DataAccessException ex, String id) {
		SQLException last = null;
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			last = (cause instanceof SQLException sql) ? sql : last;
		}
		String state = (last != null) ? last.getSQLState() : null;
		if (last == null || state == null || state.startsWith("08")) {
			return SessionStoreException.away("cannot be reached, SQLSTATE " + state);
		}
		String said = String.valueOf(last.getMessage()).lines().findFirst().orElse("");
		return new SessionStoreException("cannot be read, SQLSTATE " + state + ": " + said.replace(id, "***"));
	}

	private static StoredSession session(ResultSet row, int number) throws SQLException {
		return new StoredSession(StoredSession.time(row.getLong(1)), row.getBytes(2));
	}

	@Override
	public void close() {
		this.connections.close();
	}

}
