package dev.ablyauth.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A wire to something on the loopback that delays, swallows, cuts or spoils what passes.
 */
final class BrokenWire implements AutoCloseable {

	private static final byte[] LISTEN = "listen ".getBytes(StandardCharsets.US_ASCII);

	private final Set<Socket> ends = ConcurrentHashMap.newKeySet();

	private final ServerSocket door;

	private volatile int target;

	private volatile State state = State.WHOLE;

	private volatile long delay;

	private volatile boolean deaf;

	/**
	 * Opens it.
	 * @param target the port where it leads
	 */
	BrokenWire(int target) {
		this.target = target;
		try {
			this.door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		daemon(this::accept);
	}

	int port() {
		return this.door.getLocalPort();
	}

	/** The address of a PostgreSQL behind it. */
	String postgres() {
		return "jdbc:postgresql://127.0.0.1:" + port() + "/postgres";
	}

	/** All is well again. Connections that lost something are gone. */
	void mend() {
		boolean lost = this.state != State.WHOLE || this.deaf;
		this.state = State.WHOLE;
		this.delay = 0;
		this.deaf = false;
		if (lost) {
			hangUp();
		}
	}

	/** Holds back what the client says, each part for so long. */
	void delay(long millis) {
		this.delay = millis;
	}

	/** Takes everything, also new connections, and passes nothing on, either way. */
	void swallow() {
		this.state = State.HOLE;
	}

	/** Ends all connections, and each new one at once. */
	void cut() {
		this.state = State.CUT;
		hangUp();
	}

	/** Answers everything with what PostgreSQL never says. */
	void rubbish() {
		this.state = State.RUBBISH;
	}

	/** Ends connections by which a client wants to hear NOTIFY, and no others. */
	void deafen() {
		this.deaf = true;
		hangUp();
	}

	/** Leads new connections elsewhere, and ends the others. */
	void lead(int port) {
		this.target = port;
		hangUp();
	}

	private void accept() {
		while (!this.door.isClosed()) {
			try {
				Socket client = this.door.accept();
				if (this.state == State.CUT) {
					client.close();
					continue;
				}
				connect(client);
			}
			catch (IOException ex) {
				// The next one, or closed.
			}
		}
	}

	private void connect(Socket client) throws IOException {
		this.ends.add(client);
		try {
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.ends.add(server);
			daemon(() -> pass(client, server, true));
			daemon(() -> pass(server, client, false));
		}
		catch (IOException ex) {
			end(client);
			throw ex;
		}
	}

	private void pass(Socket from, Socket to, boolean said) {
		byte[] bytes = new byte[16 * 1024];
		Random random = new Random(1);
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
				if (said && this.delay > 0) {
					Thread.sleep(this.delay);
				}
				if (said && this.deaf && contains(bytes, count, LISTEN)) {
					return;
				}
				if (this.state == State.RUBBISH && !said) {
					random.nextBytes(bytes);
				}
				if (this.state != State.HOLE) {
					out.write(bytes, 0, count);
					out.flush();
				}
			}
		}
		catch (IOException ex) {
			// One of them has hung up, and now the other one has.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			end(from);
			end(to);
		}
	}

	private static boolean contains(byte[] bytes, int count, byte[] text) {
		return new String(bytes, 0, count, StandardCharsets.ISO_8859_1)
			.contains(new String(text, StandardCharsets.ISO_8859_1));
	}

	private void hangUp() {
		this.ends.forEach(this::end);
	}

	private void end(Socket socket) {
		this.ends.remove(socket);
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is closed.
		}
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "wire");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.door.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		hangUp();
	}

	private enum State {

		WHOLE, HOLE, CUT, RUBBISH

	}

}
