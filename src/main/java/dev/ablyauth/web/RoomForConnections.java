package dev.ablyauth.web;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * No more connections than there is room for: in a third of the heap, and among the files
 * that the process may open. Without a file more, the server could neither hear at its
 * other port nor read a key that has changed.
 */
final class RoomForConnections {

	/** For the store, Redis, services, files that are followed, and the other port. */
	private static final long SPARE_FILES = 96;

	/** What Tomcat keeps for a connection that has begun a request. */
	private static final long BYTES = 50 * 1024L;

	private static final long FEWEST = 16;

	private static final Logger LOGGER = LoggerFactory.getLogger(RoomForConnections.class);

	private RoomForConnections() {
	}

	static void limit(Connector connector) {
		if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
			int wanted = protocol.getMaxConnections();
			long files = Long.MAX_VALUE;
			if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
					&& system.getMaxFileDescriptorCount() >= 0) {
				files = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
			}
			int connections = connections(wanted, files, Runtime.getRuntime().maxMemory());
			if (connections != wanted) {
				LOGGER.info("At most {} connections at a time and not {}, by the heap and the files that may be open",
						connections, wanted);
				protocol.setMaxConnections(connections);
			}
		}
	}

	/**
	 * Decides.
	 * @param wanted what the settings say; negative for any number
	 * @param files how many more may be open
	 * @param heap its greatest size in bytes
	 */
	static int connections(int wanted, long files, long heap) {
		long room = Math.max(FEWEST, Math.min(files - SPARE_FILES, heap / 3 / BYTES));
		return (int) Math.min((wanted < 0) ? Integer.MAX_VALUE : wanted, room);
	}

}
