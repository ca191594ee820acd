package dev.ablyauth.standin;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What was revoked, and what becomes of the connections that it is about.
 */
final class Revocations implements AutoCloseable {

	private final List<RevokedTarget> revoked = new CopyOnWriteArrayList<>();

	private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "stand-in revocations");
		thread.setDaemon(true);
		return thread;
	});

	private final Connections connections;

	private final Journal journal;

	private final Clock clock;

	Revocations(Connections connections, Journal journal, Clock clock) {
		this.connections = connections;
		this.journal = journal;
		this.clock = clock;
	}

	/** Refuses a token that is revoked. */
	void requireNotRevoked(VerifiedToken token) {
		if (this.revoked.stream().anyMatch((target) -> target.inEffect(this.clock.instant()) && target.means(token))) {
			throw new Refused(40141, 401, "Token revoked");
		}
	}

	/**
	 * Revokes at once, or asks the clients to re-authenticate and revokes after the
	 * margin.
	 */
	void add(List<RevokedTarget> targets, long marginMillis) {
		this.revoked.addAll(targets);
		if (marginMillis == 0) {
			disconnect(targets);
			return;
		}
		Predicate<VerifiedToken> meant = (token) -> targets.stream().anyMatch((target) -> target.means(token));
		this.connections.all()
			.stream()
			.filter((connection) -> meant.test(connection.token()))
			.forEach((connection) -> connection.send(Wire.action(Wire.AUTH)));
		Future<?> unused = this.later.schedule(() -> disconnect(targets), marginMillis, TimeUnit.MILLISECONDS);
	}

	private void disconnect(List<RevokedTarget> targets) {
		for (StandInConnection connection : this.connections.all()) {
			if (targets.stream().anyMatch((target) -> target.means(connection.token()))) {
				end(connection);
			}
		}
	}

	/** Ends a connection whose token was revoked while it was being opened. */
	void endIfRevoked(StandInConnection connection) {
		try {
			requireNotRevoked(connection.token());
		}
		catch (Refused ex) {
			end(connection);
		}
	}

	private void end(StandInConnection connection) {
		Refused revoked = new Refused(40141, 401, "Token revoked");
		connection.end(Wire.error(Wire.DISCONNECTED, this.journal.refuse("connected", revoked)));
	}

	@Override
	public void close() {
		this.later.shutdownNow();
	}

}
