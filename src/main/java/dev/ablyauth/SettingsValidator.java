package dev.ablyauth;

import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

/**
 * Checks all settings when they are bound, before anything is built from them.
 */
final class SettingsValidator implements Validator {

	private static final String DEV_MODE = "dev.ablyauth.devmode.DevConfiguration";

	private final Environment environment;

	SettingsValidator(Environment environment) {
		this.environment = environment;
	}

	@Override
	public boolean supports(Class<?> type) {
		return AuthServerProperties.class.equals(type);
	}

	@Override
	public void validate(Object target, Errors errors) {
		((AuthServerProperties) target).problems(isDevMode()).forEach((problem) -> errors.reject("settings", problem));
	}

	/** The dev mode is in the source tree only; a packaged jar has no such class. */
	private boolean isDevMode() {
		return this.environment.acceptsProfiles(Profiles.of("dev"))
				&& ClassUtils.isPresent(DEV_MODE, getClass().getClassLoader());
	}

}
