package dev.ablyauth.issuing;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.policy.Format;
import dev.ablyauth.policy.Grant;
import dev.ablyauth.remote.Seldom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what was decided, and whatever a listener throws changes nothing of it: a
 * token that was signed leaves though it was not counted. An audit line that cannot be
 * written may hold it back, which is why that is no listener, see {@link IssueAudit}.
 */
public final class ForgivingListener implements DecisionListener {

	private static final Logger LOGGER = LoggerFactory.getLogger(ForgivingListener.class);

	private final DecisionListener listener;

	private final Ticker ticker;

	private final Seldom lines = new Seldom(Duration.ofMinutes(1));

	/**
	 * Creates one.
	 * @param listener is told
	 * @param ticker tells when the log may say again that it has failed
	 */
	public ForgivingListener(DecisionListener listener, Ticker ticker) {
		this.listener = listener;
		this.ticker = ticker;
	}

	@Override
	public void issued(String session, KeyName key, Format format, Grant grant, int jwtBytes) {
		tell(() -> this.listener.issued(session, key, format, grant, jwtBytes));
	}

	@Override
	public void refused(Refused refused, @Nullable String session) {
		tell(() -> this.listener.refused(refused, session));
	}

	@Override
	public void limited(String limit) {
		tell(() -> this.listener.limited(limit));
	}

	@Override
	public void answered(int status, Duration time) {
		tell(() -> this.listener.answered(status, time));
	}

	private void tell(Runnable decision) {
		try {
			decision.run();
		}
		catch (RuntimeException | Error ex) {
			if (this.lines.isTime(this.ticker.read())) {
				LOGGER.error("Decisions are not counted, and hold all the same", ex);
			}
		}
	}

}
