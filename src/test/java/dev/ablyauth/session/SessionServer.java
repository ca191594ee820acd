package dev.ablyauth.session;

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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service on loopback that knows sessions, or does not: it answers each request as a
 * test says, byte by byte, keeps connections open, and remembers what it was asked.
 */
public final class SessionServer implements AutoCloseable {

	private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");

	private static final Duration DRIP = Duration.ofMillis(50);

	private final ServerSocket socket;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "session-server");
		thread.setDaemon(true);
		return thread;
	});

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Semaphore arrived = new Semaphore(0);

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger clients = new AtomicInteger();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private volatile Behaviour behaviour;

	private SessionServer(ServerSocket socket, Behaviour behaviour) {
		this.socket = socket;
		this.behaviour = behaviour;
		this.threads.execute(this::accept);
	}

	/** Starts a server that behaves in this way. */
	public static SessionServer start(Behaviour behaviour) {
		try {
			return new SessionServer(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), behaviour);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Answers this status and this JSON. */
	public static Behaviour json(int status, String json) {
		return answer(status, "Content-Type: application/json\r\n", json);
	}

	/** Answers this status, these header lines and this body. */
	public static Behaviour answer(int status, String headers, String body) {
		return raw("HTTP/1.1 " + status + " x\r\n" + headers + "Content-Length: "
				+ body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
	}

	/** Answers these bytes. */
	public static Behaviour raw(String text) {
		return (server, request, out) -> out.write(text.getBytes(StandardCharsets.UTF_8));
	}

	/** Never says anything. */
	public static Behaviour silent() {
		return (server, request, out) -> server.closed.await();
	}

	/** Says that later. */
	public static Behaviour later(Duration delay, Behaviour then) {
		return (server, request, out) -> {
			server.closed.await(delay.toMillis(), TimeUnit.MILLISECONDS);
			then.answer(server, request, out);
		};
	}

	/** Says that one byte at a time; what was said first, at once. */
	public static Behaviour dripping(String atOnce, String then) {
		return (server, request, out) -> {
			out.write(atOnce.getBytes(StandardCharsets.UTF_8));
			for (byte one : then.getBytes(StandardCharsets.UTF_8)) {
				out.write(one);
				server.closed.await(DRIP.toMillis(), TimeUnit.MILLISECONDS);
			}
		};
	}

	/** Says that and then ends the connection as a crash does. */
	public static Behaviour crash(String text) {
		return (server, request, out) -> {
			out.write(text.getBytes(StandardCharsets.UTF_8));
			throw new CrashException();
		};
	}

	public void behave(Behaviour other) {
		this.behaviour = other;
	}

	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + port() + path);
	}

	public int port() {
		return this.socket.getLocalPort();
	}

	/** All requests so far, each with head and body. */
	public List<String> requests() {
		return this.requests;
	}

	/** How many connections there have been. */
	public int connections() {
		return this.connections.get();
	}

	/** How many connections there are now. */
	public int clients() {
		return this.clients.get();
	}

	/** Waits until so many more requests have come. */
	public void awaitRequests(int count) throws InterruptedException {
		if (!this.arrived.tryAcquire(count, 10, TimeUnit.SECONDS)) {
			throw new AssertionError("there were only " + this.requests.size() + " requests in all");
		}
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Socket client = this.socket.accept();
				this.connections.incrementAndGet();
				this.threads.execute(() -> serve(client));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket client) {
		this.clients.incrementAndGet();
		try (client) {
			for (String request = read(client.getInputStream()); !request
				.isEmpty(); request = read(client.getInputStream())) {
				this.requests.add(request);
				this.arrived.release();
				answer(client, request);
			}
		}
		catch (IOException ex) {
			// The client has gone, as it should in some tests.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.clients.decrementAndGet();
		}
	}

	private void answer(Socket client, String request) throws IOException, InterruptedException {
		try {
			this.behaviour.answer(this, request, client.getOutputStream());
		}
		catch (CrashException ex) {
			client.setSoLinger(true, 0);
			throw ex;
		}
	}

	/** Reads a request, or nothing when the client has gone. */
	private static String read(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
			int next = in.read();
			if (next < 0) {
				return "";
			}
			head.write(next);
		}
		String text = head.toString(StandardCharsets.ISO_8859_1);
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
	 * What the server does once it has read a request.
	 */
	@FunctionalInterface
	public interface Behaviour {

		/** Answers. */
		void answer(SessionServer server, String request, OutputStream out) throws IOException, InterruptedException;

	}

	/** Ends a connection with a reset. */
	private static final class CrashException extends IOException {

		private static final long serialVersionUID = 1L;

	}

}
