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

	private final StandardOutput output;

	private final Clock clock;

	private final LongAdder lost = new LongAdder();

	private boolean isBroken;

	/**
	 * Creates an audit log that only logs.
	 */
	public AuditLog() {
		this(false, true, null, new StandardOutput(), Clock.systemUTC());
	}

	/**
	 * Creates an audit log.
	 * @param isRequired whether it matters that a line was written
	 * @param isLogged whether lines go to the log
	 * @param file where they go too, or null
	 * @param output where the log goes
	 */
	AuditLog(boolean isRequired, boolean isLogged, @Nullable RotatingFile file, StandardOutput output, Clock clock) {
		this.isRequired = isRequired;
		this.isLogged = isLogged;
		this.file = file;
		this.output = output;
		this.clock = clock;
	}

	/**
	 * Writes a record. Called before the answer leaves.
	 * @param decision what was decided
	 * @return whether the answer may leave; false only if the line is required and was
	 * not written: to the file, or to standard output where there is no file
	 */
	public boolean write(AuditRecord decision) {
		String line = decision.line();
		boolean isWritten = this.file == null || append(this.file, this.clock.instant() + " " + line);
		if (this.isLogged && this.isRequired && this.file == null) {
			isWritten = this.output.takes(() -> log(decision, line)) && AUDIT.isInfoEnabled();
			tell(!isWritten, "line");
		}
		else if (this.isLogged) {
			log(decision, line);
		}
		if (!isWritten) {
			this.lost.increment();
		}
		return isWritten || !this.isRequired;
	}

	/**
	 * Counts the lines that were not written to the file, or, where there is none and
	 * lines are required, to standard output.
	 * @return since the start
	 */
	public long lost() {
		return this.lost.sum();
	}

	/**
	 * Tells whether the last line could not be written to the file, or, where there is
	 * none and lines are required, to standard output.
	 * @return whether that is not well
	 */
	public synchronized boolean isBroken() {
		return this.isBroken;
	}

	/**
	 * Tells where a line must be.
	 * @return whether there is a file
	 */
	public boolean hasFile() {
		return this.file != null;
	}

	/**
	 * Tells whether it matters.
	 * @return whether nothing is issued without its line
	 */
	public boolean isRequired() {
		return this.isRequired;
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
			tell(false, "file " + to);
			return true;
		}
		catch (IOException ex) {
			tell(true, "file " + to);
			return false;
		}
	}

	/** Once when it breaks, and once when it is well again. */
	private synchronized void tell(boolean broken, String what) {
		if (broken && !this.isBroken) {
			LOGGER.error("The audit {} cannot be written{}", what,
					this.isRequired ? "; until it can be, no token is issued" : "");
		}
		else if (!broken && this.isBroken) {
			LOGGER.info("The audit {} can be written again", what);
		}
		this.isBroken = broken;
	}

}
