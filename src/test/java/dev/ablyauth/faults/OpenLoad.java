package dev.ablyauth.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.ablyauth.TestServer;

/**
 * Calls for tokens from one thread over many connections: as fast as the answers come, or
 * at a rate of its own whatever the answers are, as users do.
 */
final class OpenLoad {

	/** No rate of its own. */
	private static final int AS_FAST_AS_ANSWERS_COME = 0;

	private static final long SECOND = 1_000_000_000L;

	/** Ably's SDKs give up after this long. */
	private static final long PATIENCE = 10 * SECOND;

	private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

	private static final List<byte[]> FEW_USERS = users(200, Map.of());

	private final InetSocketAddress server;

	private final int perSecond;

	private final List<byte[]> requests;

	private final boolean isEachByAnother;

	private final Deque<SelectionKey> idle = new ArrayDeque<>();

	private final Figures figures = new Figures();

	private OpenLoad(int port, int perSecond, List<byte[]> requests, boolean isEachByAnother) {
		this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		this.perSecond = perSecond;
		this.requests = requests;
		this.isEachByAnother = isEachByAnother;
	}

	/** Requests of so many users, whose sessions have these claims. */
	static List<byte[]> users(int count, Map<String, ?> claims) {
		return IntStream.range(0, count)
			.mapToObj((user) -> ("GET /api/ably-jwt HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
					+ TestServer.session("load" + user, claims) + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII))
			.toList();
	}

	/** The next request on a connection as soon as the last one is answered. */
	static Figures closed(int port, int connections, Duration time) {
		return closed(port, connections, time, FEW_USERS);
	}

	/**
	 * The same, with requests of one's own, which come again and again in their order.
	 */
	static Figures closed(int port, int connections, Duration time, List<byte[]> requests) {
		return new OpenLoad(port, AS_FAST_AS_ANSWERS_COME, requests, false).run(connections, time);
	}

	/** So many requests a second, whatever becomes of them. */
	static Figures open(int port, int connections, int perSecond, Duration time) {
		return open(port, connections, perSecond, time, FEW_USERS);
	}

	/** The same, with requests of one's own. */
	static Figures open(int port, int connections, int perSecond, Duration time, List<byte[]> requests) {
		return new OpenLoad(port, perSecond, requests, false).run(connections, time);
	}

	/**
	 * So many clients a second, each of which connects, asks once, and stays connected.
	 */
	static Figures clients(int port, int perSecond, Duration time, List<byte[]> requests) {
		return new OpenLoad(port, perSecond, requests, true).run(0, time);
	}

	private Figures run(int connections, Duration time) {
		try (Selector selector = Selector.open()) {
			for (int i = 0; i < connections; i++) {
				connect(selector);
			}
			long begun = System.nanoTime();
			long end = begun + time.toNanos();
			while (System.nanoTime() < end && !this.figures.isGone) {
				ask(selector, begun);
				select(selector);
			}
			this.figures.seconds = (System.nanoTime() - begun) / (double) SECOND;
			long latest = System.nanoTime() + PATIENCE;
			while (this.idle.size() < selector.keys().size() && System.nanoTime() < latest && !this.figures.isGone) {
				select(selector);
			}
			this.figures.unanswered += selector.keys().size() - this.idle.size();
			for (SelectionKey key : selector.keys()) {
				key.channel().close();
			}
			return this.figures;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void connect(Selector selector) throws IOException {
		SocketChannel channel = SocketChannel.open(this.server);
		channel.configureBlocking(false);
		this.idle.add(channel.register(selector, SelectionKey.OP_READ, new Exchange()));
	}

	private void ask(Selector selector, long begun) throws IOException {
		long due = (this.perSecond == AS_FAST_AS_ANSWERS_COME) ? Long.MAX_VALUE
				: (System.nanoTime() - begun) * this.perSecond / SECOND;
		while (this.figures.asked < due && (this.isEachByAnother || !this.idle.isEmpty())) {
			if (this.isEachByAnother) {
				connect(selector);
			}
			SelectionKey key = this.isEachByAnother ? this.idle.removeLast() : this.idle.remove();
			Exchange exchange = (Exchange) key.attachment();
			exchange.begunAt = (this.perSecond == AS_FAST_AS_ANSWERS_COME) ? System.nanoTime()
					: begun + this.figures.asked * SECOND / this.perSecond;
			exchange.in.clear();
			byte[] request = this.requests.get((int) (this.figures.asked++ % this.requests.size()));
			try {
				((SocketChannel) key.channel()).write(ByteBuffer.wrap(request));
			}
			catch (IOException ex) {
				replace(selector, key);
			}
		}
		if (this.perSecond != AS_FAST_AS_ANSWERS_COME && !this.isEachByAnother && this.figures.asked < due) {
			this.figures.notAsked += due - this.figures.asked;
			this.figures.asked = due;
		}
	}

	private void select(Selector selector) throws IOException {
		selector.select(1);
		for (SelectionKey key : List.copyOf(selector.selectedKeys())) {
			read(selector, key);
		}
		selector.selectedKeys().clear();
	}

	private void read(Selector selector, SelectionKey key) throws IOException {
		Exchange exchange = (Exchange) key.attachment();
		int count;
		try {
			count = ((SocketChannel) key.channel()).read(exchange.in);
		}
		catch (IOException ex) {
			count = -1;
		}
		if (count < 0) {
			replace(selector, key);
		}
		else if (exchange.isWhole()) {
			this.figures.count(exchange.status(), System.nanoTime() - exchange.begunAt);
			this.idle.add(key);
			if (exchange.isLast()) {
				replace(selector, key);
			}
		}
	}

	/** The server ended it, perhaps before it answered. */
	private void replace(Selector selector, SelectionKey key) throws IOException {
		this.figures.unanswered += this.idle.remove(key) ? 0 : 1;
		key.cancel();
		key.channel().close();
		try {
			if (!this.isEachByAnother) {
				connect(selector);
			}
		}
		catch (ConnectException ex) {
			this.figures.isGone = true;
		}
	}

	/**
	 * One request and what is there of its answer.
	 */
	private static final class Exchange {

		private final ByteBuffer in = ByteBuffer.allocate(16 * 1024);

		/** When it was due, where there is a rate. */
		private long begunAt;

		private String text() {
			return new String(this.in.array(), 0, this.in.position(), StandardCharsets.ISO_8859_1);
		}

		boolean isWhole() {
			String said = text();
			int body = said.indexOf("\r\n\r\n");
			Matcher length = LENGTH.matcher(said);
			return body > 0 && length.find() && said.length() >= body + 4 + Integer.parseInt(length.group(1));
		}

		/** Tomcat ends a connection with each 503. */
		boolean isLast() {
			return text().contains("\r\nConnection: close\r\n");
		}

		int status() {
			return Integer.parseInt(text().substring(9, 12));
		}

	}

	/**
	 * What came of it.
	 */
	static final class Figures {

		private final Nanos tokens = new Nanos();

		private final Nanos refusals = new Nanos();

		private long asked;

		private long notAsked;

		private long unanswered;

		private long good;

		private long late;

		private long refused;

		private long other;

		private long slowest;

		private double seconds;

		private boolean isGone;

		private void count(int status, long nanos) {
			this.slowest = Math.max(this.slowest, nanos);
			if (status == 503) {
				this.refused++;
				this.refusals.add(nanos);
			}
			else if (status != 200) {
				this.other++;
			}
			else if (nanos > PATIENCE) {
				this.late++;
			}
			else {
				this.good++;
				this.tokens.add(nanos);
			}
		}

		/** Tokens a second that came before the client had given up. */
		double goodput() {
			return this.good / this.seconds;
		}

		long good() {
			return this.good;
		}

		long refused() {
			return this.refused;
		}

		/** Milliseconds until a token, which so many of 1,000 did not exceed. */
		double tokenMillis(int perMille) {
			return this.tokens.millis(perMille);
		}

		/** The same for 503. */
		double refusalMillis(int perMille) {
			return this.refusals.millis(perMille);
		}

		/** Requests for which no connection was free. */
		long notAsked() {
			return this.notAsked;
		}

		/** Answers that are neither tokens in time nor 503, and those that never came. */
		long failed() {
			return this.other + this.late + this.unanswered;
		}

		@Override
		public String toString() {
			return "%d asked in %.1f s (%d more found no connection): %d tokens, %.0f a second; %d x 503, %d late, %d others, %d without an answer; the slowest after %d ms"
				.formatted(this.asked - this.notAsked, this.seconds, this.notAsked, this.good, goodput(), this.refused,
						this.late, this.other, this.unanswered, this.slowest / 1_000_000);
		}

	}

}
