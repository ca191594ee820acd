package dev.ablyauth.springapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import redis.embedded.RedisServer;

/**
 * A real Redis on a free port of the loopback.
 */
public final class TestRedis implements AutoCloseable {

	private final int port;

	private final RedisClient client = RedisClient.create();

	private RedisServer server;

	private long process;

	/**
	 * Starts it.
	 */
	public TestRedis() {
		this.port = freePort();
		this.server = start(this.port);
		this.process = process();
	}

	private long process() {
		try (StatefulRedisConnection<String, byte[]> connection = connect()) {
			return connection.sync()
				.info("server")
				.lines()
				.filter((line) -> line.startsWith("process_id:"))
				.mapToLong((line) -> Long.parseLong(line.substring("process_id:".length()).trim()))
				.findFirst()
				.orElseThrow();
		}
	}

	private static RedisServer start(int port) {
		RedisServer server = RedisServer.builder().port(port).setting("bind 127.0.0.1").setting("save \"\"").build();
		server.start();
		return server;
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Tells where it is.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Tells where it is.
	 * @return the address
	 */
	public String url() {
		return "redis://127.0.0.1:" + this.port;
	}

	/**
	 * Connects to it.
	 * @return a connection that the test closes
	 */
	public StatefulRedisConnection<String, byte[]> connect() {
		return this.client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), RedisURI.create(url()));
	}

	/**
	 * Sends its process a signal.
	 * @param name {@code KILL}, {@code STOP} or {@code CONT}
	 */
	public void signal(String name) {
		Signals.send(name, ProcessHandle.of(this.process).stream());
	}

	/**
	 * Starts it again, empty, on the same port.
	 */
	public void restart() {
		this.server.stop();
		this.server = start(this.port);
		this.process = process();
	}

	@Override
	public void close() {
		this.client.shutdown();
		this.server.stop();
	}

}
