package dev.ablyauth.remote;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what is wrong with something that many ask, each text at most once in ten seconds.
 */
public final class FaultLog {

	private static final Duration PAUSE = Duration.ofSeconds(10);

	private static final int MAX_TEXTS = 100;

	private static final Logger LOGGER = LoggerFactory.getLogger(FaultLog.class);

	private final String subject;

	private final Clock clock;

	private final Map<String, Instant> told = new LinkedHashMap<>();

	/**
	 * Creates one.
	 * @param subject what the lines begin with
	 * @param clock tells when ten seconds are over
	 */
	public FaultLog(String subject, Clock clock) {
		this.subject = subject;
		this.clock = clock;
	}

	/**
	 * Logs, unless the same was logged a moment ago.
	 * @param fault what is wrong, without anything secret
	 */
	public void warn(String fault) {
		if (isNew(fault)) {
			LOGGER.warn("{} {}", this.subject, fault);
		}
	}

	/** The oldest texts are forgotten; a clock that was set back does not silence one. */
	private synchronized boolean isNew(String fault) {
		Instant now = this.clock.instant();
		this.told.values().removeIf((at) -> Duration.between(at, now).abs().compareTo(PAUSE) >= 0);
		if (this.told.size() >= MAX_TEXTS || this.told.containsKey(fault)) {
			return false;
		}
		this.told.put(fault, now);
		return true;
	}

}
