package dev.ablyauth.revocation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A real PostgreSQL that writes to the disk, which those of tests usually do not, and
 * that can be killed and started again with what it has.
 */
public final class StorePostgres implements AutoCloseable {

	private final Path folder;

	private final String fsync;

	private EmbeddedPostgres server;

	/**
	 * Starts one.
	 */
	public StorePostgres() {
		this("on");
	}

	/**
	 * Starts one.
	 * @param fsync whether it writes to the disk at all
	 */
	StorePostgres(String fsync) {
		try {
			this.folder = Files.createTempDirectory("deny-list-postgres");
			this.fsync = fsync;
			this.server = start(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private EmbeddedPostgres start(int port) throws IOException {
		EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
			.setDataDirectory(this.folder)
			.setCleanDataDirectory(false)
			.setServerConfig("synchronous_commit", "on")
			.setServerConfig("fsync", this.fsync);
		return ((port > 0) ? builder.setPort(port) : builder).start();
	}

	/**
	 * Tells where it is.
	 * @return the address; the user postgres needs no password
	 */
	public String url() {
		return "jdbc:postgresql://localhost:" + this.server.getPort() + "/postgres";
	}

	DenyListProperties settings() {
		return TestStore.settings(url(), "postgres", "postgres");
	}

	/**
	 * Tells where it listens.
	 * @return the port on the loopback
	 */
	public int port() {
		return this.server.getPort();
	}

	/**
	 * Sends all its processes a signal.
	 * @param name {@code KILL}, {@code STOP} or {@code CONT}
	 */
	public void signal(String name) {
		String port = "-p " + this.server.getPort();
		Stream<String> processes = ProcessHandle.allProcesses()
			.filter((process) -> process.info().command().orElse("").endsWith("postgres"))
			.filter((process) -> process.info().commandLine().orElse("").contains(port))
			.flatMap((process) -> Stream.concat(Stream.of(process), process.descendants()))
			.map((process) -> Long.toString(process.pid()))
			.distinct();
		try {
			new ProcessBuilder(Stream.concat(Stream.of("kill", "-" + name), processes).toList()).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Kills it, as a power cut would. */
	public void kill() {
		signal("KILL");
	}

	/** Starts it again, where it was and with what it had. */
	public void restart() {
		try {
			int port = this.server.getPort();
			close();
			this.server = start(port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
