package dev.ablyauth.standin;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The open connections, and the way a message takes from one to the others.
 */
final class Connections {

	private final Set<StandInConnection> open = new LinkedHashSet<>();

	synchronized void add(StandInConnection connection) {
		this.open.add(connection);
		notifyAll();
	}

	synchronized void remove(StandInConnection connection) {
		this.open.remove(connection);
		notifyAll();
	}

	synchronized Collection<StandInConnection> all() {
		return List.copyOf(this.open);
	}

	/** Delivers to everybody attached, and to the sender only if it wants its echo. */
	void deliver(@Nullable StandInConnection from, ObjectNode message) {
		for (StandInConnection connection : all()) {
			if (connection != from || connection.echoes()) {
				connection.receiveFromChannel(message);
			}
		}
	}

	void await(int count, Duration longest) {
		Waiting.until(this, longest, () -> this.open.size() == count,
				() -> "Expected " + count + " connections but there are " + this.open.size());
	}

}
