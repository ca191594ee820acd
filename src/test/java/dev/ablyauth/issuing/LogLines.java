package dev.ablyauth.issuing;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/**
 * What one class has logged since a test began.
 */
public final class LogLines implements AutoCloseable {

	private final Logger logger;

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	/**
	 * Begins to listen.
	 * @param type the class that logs
	 */
	public LogLines(Class<?> type) {
		this(type.getName());
	}

	/**
	 * Begins to listen.
	 * @param name the name of the log
	 */
	public LogLines(String name) {
		this.logger = (Logger) LoggerFactory.getLogger(name);
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	/**
	 * Returns what was logged.
	 * @param level of the lines
	 * @return their texts
	 */
	public List<String> of(Level level) {
		return this.appender.list.stream()
			.filter((event) -> event.getLevel().equals(level))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.appender);
	}

}
