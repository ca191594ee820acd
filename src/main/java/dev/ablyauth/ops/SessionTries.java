package dev.ablyauth.ops;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.ablyauth.session.SessionStates;
import dev.ablyauth.session.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries whether those who know sessions are back, while none of them can tell. Usually
 * requests do that, but a server that is not ready is sent none.
 */
final class SessionTries implements AutoCloseable {

	private static final int SECONDS = 2;

	private static final Logger LOGGER = LoggerFactory.getLogger(SessionTries.class);

	private final SessionStates states;

	private final Sessions sessions;

	private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "session-tries");
		thread.setDaemon(true);
		return thread;
	});

	SessionTries(SessionStates states, Sessions sessions) {
		this.states = states;
		this.sessions = sessions;
	}

	SessionTries start() {
		Future<?> unused = this.background.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
		return this;
	}

	/** A task that throws would be the last one. */
	private void look() {
		try {
			if (!this.states.canAnybodyTell()) {
				this.sessions.trials();
			}
		}
		catch (RuntimeException | Error ex) {
			LOGGER.error("Whether session services are back could not be tried", ex);
		}
	}

	@Override
	public void close() {
		this.background.shutdownNow();
	}

}
