package dev.ablyauth.audit;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes one line per decision: to the log {@code audit}, as name=value pairs in plain
 * text and as fields of their own in structured logging, and to a file, each line with
 * its time.
 */
public final class AuditLog {

	private static final Logger AUDIT = LoggerFactory.getLogger("audit");

	private static final Logger LOGGER = LoggerFactory.getLogger(AuditLog.class);

	private final boolean isRequired;

	private final boolean isLogged;

	private final @Nullable RotatingFile file;

	private final Clock clock;

	private final LongAdder lost = new LongAdder();

	private boolean isBroken;

	/**
	 * Creates an audit log that only logs.
	 */
	public AuditLog() {
		this(false, true, null, Clock.systemUTC());
	}

	/**
	 * Creates an audit log.
	 * @param isRequired whether it matters that a line was written
	 * @param isLogged whether lines go to the log
	 * @param file where they go too, or null
	 */
	AuditLog(boolean isRequired, boolean isLogged, @Nullable RotatingFile file, Clock clock) {
		this.isRequired = isRequired;
		this.isLogged = isLogged;
		this.file = file;
		this.clock = clock;
	}

	/**
	 * Writes a record. Called before the answer leaves.
	 * @param decision what was decided
	 * @return whether the answer may leave; false only if the line is required and was
	 * not written everywhere
	 */
	public boolean write(AuditRecord decision) {
		String line = decision.line();
		boolean isWritten = this.file == null || append(this.file, this.clock.instant() + " " + line);
		if (this.isLogged) {
			log(decision, line);
			isWritten &= !this.isRequired || isTaken();
		}
		if (!isWritten) {
			this.lost.increment();
		}
		return isWritten || !this.isRequired;
	}

	/**
	 * Counts the lines that were not written everywhere. Whether the console took one is
	 * looked at only where lines are required.
	 * @return since the start
	 */
	public long lost() {
		return this.lost.sum();
	}

	/**
	 * Tells whether the last line could not be written to the file.
	 * @return whether the file is not well; false where there is none
	 */
	public synchronized boolean isBroken() {
		return this.isBroken;
	}

	/**
	 * Tells whether it matters.
	 * @return whether nothing is issued without its line
	 */
	public boolean isRequired() {
		return this.isRequired;
	}

	/** The only way to learn that the console took nothing. */
	private static boolean isTaken() {
		return AUDIT.isInfoEnabled() && !System.out.checkError();
	}

	private static void log(AuditRecord decision, String line) {
		LoggingEventBuilder event = AUDIT.atInfo();
		for (Map.Entry<String, Object> field : decision.fields().entrySet()) {
			event = event.addKeyValue("audit." + field.getKey(), field.getValue());
		}
		event.log(line);
	}

	private boolean append(RotatingFile to, String line) {
		try {
			to.append(line);
			tell(false, to);
			return true;
		}
		catch (IOException ex) {
			tell(true, to);
			return false;
		}
	}

	/** Once when it breaks, and once when it is well again. */
	private synchronized void tell(boolean broken, RotatingFile to) {
		if (broken && !this.isBroken) {
			LOGGER.error("The audit file {} cannot be written{}", to,
					this.isRequired ? "; until it can be, no token is issued" : "");
		}
		else if (!broken && this.isBroken) {
			LOGGER.info("The audit file {} can be written again", to);
		}
		this.isBroken = broken;
	}

}
