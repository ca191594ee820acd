package dev.ablyauth.web;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.Comparator;
import java.util.Map;

import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Room for new connections while there are almost as many as there may be: those end that
 * have waited longest for a byte of their client, or for the end of its request. Else
 * whoever opens connections and says nothing would keep everybody else out.
 */
final class CrowdedConnections {

	/** Nobody who has just come is turned away. */
	private static final long SHORTEST_WAIT = 250;

	private CrowdedConnections() {
	}

	/**
	 * Ends as many as there are too many.
	 * @param reading since when some read a request that is not whole yet, by
	 * {@code System.nanoTime()}
	 * @param now of the same
	 * @param wallMillis the time by which Tomcat notes when it read from a connection
	 * @return how many have ended
	 */
	static long makeRoom(AbstractEndpoint<NioChannel, ?> endpoint, Map<SocketWrapperBase<?>, Long> reading, long now,
			long wallMillis) {
		long tooMany = endpoint.getConnectionCount() - endpoint.getMaxConnections() * 3L / 4;
		if (tooMany <= 0) {
			return 0;
		}
		return endpoint.getConnections()
			.stream()
			.map((connection) -> waiting(connection, reading, now, wallMillis))
			.filter((waiting) -> waiting.millis() >= SHORTEST_WAIT)
			.sorted(Comparator.comparingLong(Waiting::millis).reversed())
			.filter((waiting) -> end(waiting.connection()))
			.limit(tooMany)
			.count();
	}

	/**
	 * A thread that works for it has its lock, and then its client has said something.
	 */
	private static boolean end(SocketWrapperBase<?> connection) {
		if (!connection.getLock().tryLock()) {
			return false;
		}
		try {
			boolean ends = isParked(connection) && !hasSaidSomething(connection);
			if (ends) {
				connection.close();
			}
			return ends;
		}
		finally {
			connection.getLock().unlock();
		}
	}

	/** On a busy machine the poller comes late to read it. */
	private static boolean hasSaidSomething(SocketWrapperBase<?> connection) {
		try {
			return connection.getSocket() instanceof NioChannel channel
					&& channel.getIOChannel().socket().getInputStream().available() > 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** The poller asks for bytes of those alone that have none to work on. */
	private static boolean isParked(SocketWrapperBase<?> connection) {
		return connection instanceof NioEndpoint.NioSocketWrapper channel
				&& channel.interestOpsHas(SelectionKey.OP_READ);
	}

	private static Waiting waiting(SocketWrapperBase<?> connection, Map<SocketWrapperBase<?>, Long> reading, long now,
			long wallMillis) {
		if (!(connection instanceof NioEndpoint.NioSocketWrapper channel) || !isParked(connection)) {
			return new Waiting(connection, 0);
		}
		long sinceLastByte = wallMillis - channel.getLastRead();
		Long begun = reading.get(connection);
		return new Waiting(connection,
				(begun != null) ? Math.max(sinceLastByte, (now - begun) / 1_000_000) : sinceLastByte);
	}

	/**
	 * One connection.
	 *
	 * @param millis how long it has waited for its client, or 0 if it does not
	 */
	private record Waiting(SocketWrapperBase<?> connection, long millis) {
	}

}
