package dev.ablyauth.revocation;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections to a file that is where it was. To any other file, none is opened: SQLite
 * would mix it with what the first one has beside it.
 */
final class CheckedConnections extends DelegatingDataSource {

	private final StoreFile file;

	CheckedConnections(DataSource connections, StoreFile file) {
		super(connections);
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
		return super.getConnection();
	}

}
