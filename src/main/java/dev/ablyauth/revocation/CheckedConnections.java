package dev.ablyauth.revocation;

import java.sql.Connection;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections to a file that is where it was. To any other file, none is opened: SQLite
 * would mix it with what the first one has beside it. None is in a transaction: where
 * SQLite could not begin one, its driver says from then on that there is one, and the
 * next change would be made piece by piece.
 */
final class CheckedConnections extends DelegatingDataSource {

	private final HikariDataSource pool;

	private final StoreFile file;

	CheckedConnections(HikariDataSource pool, StoreFile file) {
		super(pool);
		this.pool = pool;
		this.file = file;
	}

	@Override
	public Connection getConnection() throws SQLException {
		try {
			this.file.check();
		}
		catch (DenialStoreException ex) {
			throw new SQLException(ex.getMessage(), ex);
		}
		Connection connection = this.pool.getConnection();
		while (!connection.getAutoCommit()) {
			this.pool.evictConnection(connection);
			connection = this.pool.getConnection();
		}
		return connection;
	}

}
