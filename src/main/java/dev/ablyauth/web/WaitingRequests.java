package dev.ablyauth.web;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.ProtocolHandler;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * How many requests Tomcat has read and not begun with, because all its threads are busy.
 */
final class WaitingRequests {

	private volatile @Nullable ProtocolHandler handler;

	/** Counts those of this connector. Its threads are there when it has started. */
	void of(Connector connector) {
		this.handler = connector.getProtocolHandler();
	}

	/** Returns 0 where nothing waits, or threads are made for each request. */
	int count() {
		ProtocolHandler current = this.handler;
		return (current != null && current.getExecutor() instanceof ThreadPoolExecutor threads)
				? threads.getQueue().size() : 0;
	}

}
