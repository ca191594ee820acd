package dev.ablyauth.springapp;

import java.io.IOException;
import java.io.UncheckedIOException;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A real PostgreSQL on a free port of the loopback, with the tables of the apps.
 */
public final class TestPostgres implements AutoCloseable {

	private final EmbeddedPostgres server;

	/**
	 * Starts it.
	 */
	public TestPostgres() {
		try {
			this.server = EmbeddedPostgres.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		JdbcApp.createTables(database());
	}

	/**
	 * Tells where it is.
	 * @return the address, with a user who needs no password
	 */
	public String url() {
		return this.server.getJdbcUrl("postgres", "postgres");
	}

	/**
	 * Opens it.
	 * @return the database
	 */
	public DataSource database() {
		return this.server.getPostgresDatabase();
	}

	/**
	 * Sends all its processes a signal.
	 * @param name {@code KILL}, {@code STOP} or {@code CONT}
	 */
	public void signal(String name) {
		Signals.send(name, ProcessHandle.allProcesses()
			.filter((process) -> process.info().command().orElse("").endsWith("postgres"))
			.filter((process) -> process.info().commandLine().orElse("").contains("-p " + this.server.getPort()))
			.flatMap(Signals::family)
			.distinct());
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
