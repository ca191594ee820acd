package dev.ablyauth;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.util.ClassUtils;

/**
 * Checks all settings before anything is built from them, and finds all problems at once.
 */
final class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final Bindable<AuthServerProperties> SETTINGS = Bindable.of(AuthServerProperties.class);

	private static final String PREFIX = "ably-auth";

	private static final String DEV_MODE = "dev.ablyauth.devmode.DevConfiguration";

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		List<String> problems = problems(context.getEnvironment());
		if (!problems.isEmpty()) {
			throw new InvalidSettingsException(problems);
		}
	}

	static List<String> problems(Environment environment) {
		Binder binder = Binder.get(environment);
		List<String> problems = new ArrayList<>(unknown(binder));
		try {
			problems.addAll(binder.bindOrCreate(PREFIX, SETTINGS).problems(isDevMode(environment)));
		}
		catch (BindException ex) {
			String name = (ex.getProperty() != null) ? ex.getProperty().getName().toString() : ex.getName().toString();
			problems.add(name + ": the value cannot be read as " + ex.getTarget().getType());
		}
		return problems;
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
