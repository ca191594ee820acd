package dev.ablyauth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.ablyauth.issuing.KeyProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Finds the files of keys that come from a config tree, by themselves or as
 * {@code ${NAME}}. Spring reads such a file once; as the file of a key it is followed.
 */
final class ConfigTreeKeys {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^${}:]+)}");

	/** The view of all others that Spring Boot puts before them. */
	private static final String ATTACHED = "configurationProperties";

	private final ConfigurableEnvironment environment;

	ConfigTreeKeys(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	/** Returns the same keys, with a file in the place of each value that is one. */
	List<KeyProperties> find(List<KeyProperties> keys) {
		List<KeyProperties> found = new ArrayList<>();
		for (int i = 0; i < keys.size(); i++) {
			KeyProperties key = keys.get(i);
			found.add((key.value() != null && key.file() == null) ? file(i).map(key::in).orElse(key) : key);
		}
		return found;
	}

	private Optional<Path> file(int index) {
		ConfigurationPropertyName name = ConfigurationPropertyName.of("ably-auth.keys[" + index + "].value");
		for (var source : ConfigurationPropertySources.get(this.environment)) {
			var property = source.getConfigurationProperty(name);
			if (property != null) {
				return (source.getUnderlyingSource() instanceof ConfigTreePropertySource) ? path(property.getOrigin())
						: named(String.valueOf(property.getValue()));
			}
		}
		return Optional.empty();
	}

	/** The first source that has it is the one that Spring takes it from. */
	private Optional<Path> named(String value) {
		Matcher placeholder = PLACEHOLDER.matcher(value.strip());
		if (!placeholder.matches()) {
			return Optional.empty();
		}
		String name = placeholder.group(1);
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (!source.getName().equals(ATTACHED) && source.containsProperty(name)) {
				return (source instanceof ConfigTreePropertySource tree) ? path(tree.getOrigin(name))
						: Optional.empty();
			}
		}
		return Optional.empty();
	}

	private static Optional<Path> path(@Nullable Origin origin) {
		try {
			return (origin instanceof TextResourceOrigin text && text.getResource() != null)
					? Optional.of(text.getResource().getFile().toPath()) : Optional.empty();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

}
