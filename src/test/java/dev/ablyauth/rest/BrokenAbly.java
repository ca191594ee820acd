package dev.ablyauth.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server on loopback that does with a request whatever a test says, byte by byte, and
 * keeps what it was sent.
 */
final class BrokenAbly implements AutoCloseable {

	private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");

	private final ServerSocket socket;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final Semaphore arrived = new Semaphore(0);

	private final Semaphore leftAlone = new Semaphore(0);

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile Behaviour behaviour;

	private BrokenAbly(ServerSocket socket, Behaviour behaviour) {
		this.socket = socket;
		this.behaviour = behaviour;
		this.threads.execute(this::accept);
	}

	/** Starts a server that behaves in this way. */
	static BrokenAbly start(Behaviour behaviour) {
		try {
			return new BrokenAbly(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), behaviour);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Starts a server that answers this status and this JSON. */
	static BrokenAbly answering(int status, String json) {
		return start((ably, out) -> out.write(bytes(answer(status, "", json))));
	}

	/** Starts a server that takes requests and never says anything. */
	static BrokenAbly hanging() {
		return start((ably, out) -> ably.closed.await());
	}

	static String answer(int status, String headers, String body) {
		return "HTTP/1.1 " + status + " x\r\nContent-Type: application/json\r\n" + headers + "Content-Length: "
				+ bytes(body).length + "\r\nConnection: close\r\n\r\n" + body;
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	void behave(Behaviour other) {
		this.behaviour = other;
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.socket.getLocalPort());
	}

	/** All requests so far, head and body. */
	List<String> requests() {
		return this.requests;
	}

	/** Waits until so many more requests have come, ten seconds at most. */
	boolean awaitRequests(int count) throws InterruptedException {
		return this.arrived.tryAcquire(count, 10, TimeUnit.SECONDS);
	}

	/** Waits until so many more clients have gone, ten seconds at most. */
	boolean awaitClientsGone(int count) throws InterruptedException {
		return this.leftAlone.tryAcquire(count, 10, TimeUnit.SECONDS);
	}

	/** Waits, and tells whether the server goes on. */
	boolean pause(long millis) throws InterruptedException {
		return !this.closed.await(millis, TimeUnit.MILLISECONDS);
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Socket client = this.socket.accept();
				this.threads.execute(() -> serve(client));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket client) {
		try (client) {
			this.requests.add(read(client.getInputStream()));
			this.threads.execute(() -> watch(client));
			this.arrived.release();
			this.behaviour.answer(this, client.getOutputStream());
		}
		catch (IOException ex) {
			// The client has gone, as it should in some tests.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void watch(Socket client) {
		try {
			if (client.getInputStream().read() < 0) {
				this.leftAlone.release();
			}
		}
		catch (IOException ex) {
			this.leftAlone.release();
		}
	}

	private static String read(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
			int next = in.read();
			if (next < 0) {
				throw new IOException("no request");
			}
			head.write(next);
		}
		String text = head.toString(StandardCharsets.UTF_8);
		Matcher length = LENGTH.matcher(text);
		int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
		return text + new String(in.readNBytes(body), StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.threads.shutdownNow();
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What the server does once it has read a request; then it hangs up.
	 */
	@FunctionalInterface
	interface Behaviour {

		void answer(BrokenAbly ably, OutputStream out) throws IOException, InterruptedException;

	}

}
