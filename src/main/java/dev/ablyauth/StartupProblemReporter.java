package dev.ablyauth;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Says why the server does not start: one line per problem and no stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class StartupProblemReporter implements SpringBootExceptionReporter {

	/**
	 * Spring makes the reporters of any app that has this jar, and tells them nothing.
	 */
	private static volatile boolean ours;

	/**
	 * Created by Spring Boot.
	 * @param context the context that failed, or null if there was none yet
	 */
	StartupProblemReporter(@Nullable ConfigurableApplicationContext context) {
	}

	/** In another app, its own reporters speak. */
	static void speakForTheServer() {
		ours = true;
	}

	@Override
	public boolean reportException(Throwable failure) {
		if (!ours) {
			return false;
		}
		if (failure instanceof InvalidSettingsException invalid) {
			invalid.problems().forEach(System.err::println);
			return true;
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof MarkedYAMLException yaml) {
				System.err.println("application.yml: is not YAML: " + yaml.getProblem() + place(yaml.getProblemMark()));
				return true;
			}
		}
		return false;
	}

	/** Where, and nothing of what stands there: it may be a secret. */
	private static String place(@Nullable Mark mark) {
		return (mark != null) ? ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) : "";
	}

}
