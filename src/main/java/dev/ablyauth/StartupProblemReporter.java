package dev.ablyauth;

import java.util.List;
import java.util.Optional;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.ObjectError;

/**
 * Says why the server does not start: one line per problem, with the property or the line
 * of the policy, and no stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class StartupProblemReporter implements SpringBootExceptionReporter {

	private static final String ROOT = "ably-auth";

	/**
	 * Created by Spring Boot.
	 * @param context the context that failed, or null
	 */
	StartupProblemReporter(ConfigurableApplicationContext context) {
	}

	@Override
	public boolean reportException(Throwable failure) {
		List<String> problems = problems(failure);
		for (String problem : problems) {
			System.err.println(problem);
		}
		return !problems.isEmpty();
	}

	static List<String> problems(Throwable failure) {
		return find(failure, BindValidationException.class)
			.map((ex) -> ex.getValidationErrors().getAllErrors().stream().map(ObjectError::getDefaultMessage).toList())
			.or(() -> find(failure, UnboundConfigurationPropertiesException.class).map((ex) -> ex.getUnboundProperties()
				.stream()
				.map((property) -> property.getName() + ": there is no such setting")
				.toList()))
			.or(() -> find(failure, BindException.class).filter((ex) -> ex.getName().toString().startsWith(ROOT))
				.map((ex) -> List.of(property(ex) + ": the value cannot be read as " + ex.getTarget().getType())))
			.orElse(List.of());
	}

	private static String property(BindException ex) {
		return (ex.getProperty() != null) ? ex.getProperty().getName().toString() : ex.getName().toString();
	}

	private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return Optional.of(type.cast(cause));
			}
		}
		return Optional.empty();
	}

}
