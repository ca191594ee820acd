package dev.ablyauth;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says why the server does not start: one line per problem and no stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class StartupProblemReporter implements SpringBootExceptionReporter {

	/**
	 * Created by Spring Boot.
	 * @param context the context that failed
	 */
	StartupProblemReporter(ConfigurableApplicationContext context) {
	}

	@Override
	public boolean reportException(Throwable failure) {
		if (failure instanceof InvalidSettingsException invalid) {
			invalid.problems().forEach(System.err::println);
			return true;
		}
		return false;
	}

}
