package dev.ablyauth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;

/**
 * Checks all settings before anything is built from them, and finds all problems at once.
 */
final class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final Bindable<AuthServerProperties> SETTINGS = Bindable.of(AuthServerProperties.class);

	private static final String PREFIX = "ably-auth";

	private static final String DEV_MODE = "dev.ablyauth.devmode.DevConfiguration";

	/** Of what the console shows, so that it shows audit lines. */
	private static final Set<String> CONSOLE_LEVELS = Set.of("all", "trace", "debug", "info");

	private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

	/** A map key that Spring's binder would change without a word. */
	private static final Pattern MANGLED = Pattern.compile(".*\\.required-?claims\\.(?![a-z0-9_.-]+(\\[[0-9]+])?$).*");

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		List<String> problems = problems(context.getEnvironment());
		if (!problems.isEmpty()) {
			throw new InvalidSettingsException(problems);
		}
	}

	static List<String> problems(ConfigurableEnvironment environment) {
		return problems(environment, isDevMode(environment) ? RunMode.DEV_MODE : RunMode.SERVER);
	}

	static List<String> problems(ConfigurableEnvironment environment, RunMode mode) {
		Binder binder = Binder.get(environment);
		List<String> problems = new ArrayList<>(unreadable(environment));
		if (!problems.isEmpty()) {
			return problems;
		}
		problems.addAll(unknown(binder));
		if (losesAuditLines(environment)) {
			problems.add(
					"ably-auth.audit.required: logging.config, logging.console.enabled or logging.threshold.console may"
							+ " keep lines from standard output; set ably-auth.audit.file");
		}
		if (mode == RunMode.DEV_MODE && !LOOPBACK.contains(environment.getProperty("server.address", ""))) {
			problems.add("server.address: the dev mode is for this machine only, expected 127.0.0.1");
		}
		try {
			AuthServerProperties settings = binder.bindOrCreate(PREFIX, SETTINGS);
			problems.addAll(settings.problems(mode, new ConfigTreeKeys(environment).find(settings.keys())));
		}
		catch (BindException ex) {
			String name = (ex.getProperty() != null) ? ex.getProperty().getName().toString() : ex.getName().toString();
			problems.add(name + ": the value cannot be read as " + typeName(ex.getTarget().getType().toClass()));
		}
		return problems;
	}

	/** Whether required audit lines go to a console alone that may not show them. */
	private static boolean losesAuditLines(ConfigurableEnvironment environment) {
		return environment.getProperty("ably-auth.audit.required", "").equals("true")
				&& environment.getProperty("ably-auth.audit.file", "").isEmpty()
				&& (environment.containsProperty("logging.config")
						|| environment.getProperty("logging.console.enabled", "").equals("false")
						|| !CONSOLE_LEVELS.contains(
								environment.getProperty("logging.threshold.console", "info").toLowerCase(Locale.ROOT)));
	}

	/** In words of people who write settings and not of those who read the code. */
	private static String typeName(Class<?> type) {
		return type.getName().startsWith("dev.ablyauth.") && !type.isEnum() ? "a group of settings"
				: type.getSimpleName();
	}

	/**
	 * Finds values that name a variable that is not set. Spring would take the name for
	 * the value, and a secret would be known to everybody.
	 */
	private static List<String> unreadable(ConfigurableEnvironment environment) {
		Set<String> problems = new TreeSet<>();
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				for (String name : enumerable.getPropertyNames()) {
					if (uniform(name).startsWith("ablyauth")) {
						unreadable(environment, name, enumerable.getProperty(name)).ifPresent(problems::add);
					}
				}
			}
		}
		return List.copyOf(problems);
	}

	/** Spring reads ably-auth, ablyAuth and ABLYAUTH_ as one. */
	private static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

	private static Optional<String> unreadable(ConfigurableEnvironment environment, String name,
			@Nullable Object value) {
		if (MANGLED.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
			return Optional
				.of(name + ": write the name of such a claim in quotes and brackets, as in \"[cognito:groups]\"");
		}
		try {
			environment.resolveRequiredPlaceholders(String.valueOf(value));
			return Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional
				.of(name + ": names a variable that is not set, found " + placeholders(String.valueOf(value)));
		}
	}

	/** The variables alone; what stands around them may be a secret. */
	private static String placeholders(String value) {
		return Pattern.compile("\\$\\{[A-Za-z0-9_.-]+")
			.matcher(value)
			.results()
			.map((match) -> match.group() + "}")
			.collect(Collectors.joining(", "));
	}

	private static List<String> unknown(Binder binder) {
		try {
			binder.bindOrCreate(PREFIX, SETTINGS,
					new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
			return List.of();
		}
		catch (BindException ex) {
			if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
				return unbound.getUnboundProperties()
					.stream()
					.map((property) -> property.getName() + ": there is no such setting")
					.toList();
			}
			return List.of();
		}
	}

	/** The dev mode is in the source tree only; a packaged jar has no such class. */
	private static boolean isDevMode(Environment environment) {
		return environment.acceptsProfiles(Profiles.of("dev"))
				&& ClassUtils.isPresent(DEV_MODE, SettingsCheck.class.getClassLoader());
	}

}
