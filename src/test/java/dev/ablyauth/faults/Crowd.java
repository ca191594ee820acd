package dev.ablyauth.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Many connections that mean no good: each says something at once, a bit more each
 * second, and reads a byte a second. Those that are ended come back.
 */
final class Crowd implements AutoCloseable {

	private static final long SECOND = 1_000_000_000L;

	/** The system makes it its smallest window: whoever does not read takes little. */
	private static final int LITTLE = 1024;

	/** They do not all speak at the same moment. */
	private static final int TURNS = 50;

	private final InetSocketAddress server;

	private final int size;

	private final int perSecond;

	private final byte[] first;

	private final byte[] more;

	private final AtomicLong opened = new AtomicLong();

	private final AtomicLong ended = new AtomicLong();

	private final Thread thread = new Thread(this::run, "crowd");

	private volatile @Nullable IOException failed;

	private volatile boolean stopped;

	private long turn;

	/**
	 * Begins to come.
	 * @param port where
	 * @param size how many there are at most at a time
	 * @param perSecond how many come in a second
	 * @param first what each says at once, or nothing
	 * @param more what each says once a second after that, or nothing
	 */
	Crowd(int port, int size, int perSecond, String first, String more) {
		this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		this.size = size;
		this.perSecond = perSecond;
		this.first = first.getBytes(StandardCharsets.US_ASCII);
		this.more = more.getBytes(StandardCharsets.US_ASCII);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/** How many there were until now. */
	long opened() {
		return this.opened.get();
	}

	/** How many of them the server is known to have ended. */
	long ended() {
		return this.ended.get();
	}

	/** How many there are. */
	long present() {
		return opened() - ended();
	}

	private void run() {
		long begun = System.nanoTime();
		try (Selector selector = Selector.open()) {
			try {
				while (!this.stopped) {
					long due = (System.nanoTime() - begun) * this.perSecond / SECOND;
					while (this.opened.get() < due && present() < this.size) {
						open(selector);
					}
					// Whoever found no room does not come all at once later.
					begun = Math.max(begun, System.nanoTime() - this.opened.get() * SECOND / this.perSecond - SECOND);
					selector.select(20);
					selector.selectedKeys().forEach(this::serve);
					selector.selectedKeys().clear();
					drip(selector);
				}
			}
			finally {
				selector.keys().forEach(this::end);
			}
		}
		catch (IOException ex) {
			this.failed = ex;
		}
	}

	private void open(Selector selector) throws IOException {
		SocketChannel channel = SocketChannel.open();
		channel.configureBlocking(false);
		channel.setOption(StandardSocketOptions.SO_RCVBUF, LITTLE);
		channel.register(selector, SelectionKey.OP_CONNECT, ByteBuffer.wrap(this.first));
		this.opened.incrementAndGet();
		channel.connect(this.server);
	}

	private void serve(SelectionKey key) {
		SocketChannel channel = (SocketChannel) key.channel();
		ByteBuffer out = (ByteBuffer) key.attachment();
		try {
			if (key.isConnectable()) {
				channel.finishConnect();
			}
			channel.write(out);
			key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : 0);
		}
		catch (IOException ex) {
			end(key);
		}
	}

	/** Once a second for each: whoever reads nothing does not learn that he was ended. */
	private void drip(Selector selector) {
		long now = System.nanoTime() * TURNS / SECOND;
		if (now != this.turn) {
			this.turn = now;
			List.copyOf(selector.keys())
				.stream()
				.filter((key) -> System.identityHashCode(key) % TURNS == now % TURNS)
				.filter((key) -> key.isValid() && ((SocketChannel) key.channel()).isConnected())
				.forEach(this::drip);
		}
	}

	private void drip(SelectionKey key) {
		SocketChannel channel = (SocketChannel) key.channel();
		try {
			if (channel.read(ByteBuffer.allocate(1)) < 0) {
				end(key);
			}
			else if (!((ByteBuffer) key.attachment()).hasRemaining()) {
				channel.write(ByteBuffer.wrap(this.more));
			}
		}
		catch (IOException ex) {
			end(key);
		}
	}

	private void end(SelectionKey key) {
		key.cancel();
		this.ended.incrementAndGet();
		try {
			key.channel().close();
		}
		catch (IOException ex) {
			// It is closed.
		}
	}

	@Override
	public void close() {
		this.stopped = true;
		try {
			this.thread.join(30_000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		IOException why = this.failed;
		if (why != null) {
			throw new UncheckedIOException(why);
		}
	}

}
