package dev.ablyauth;

import java.time.Clock;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Properties;

import dev.ablyauth.cli.Commands;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.core.io.ClassPathResource;

/**
 * A self-hosted auth server for apps that use Ably.
 */
@SpringBootApplication(exclude = { UserDetailsServiceAutoConfiguration.class, AblyAuthAutoConfiguration.class })
public class AuthServerApplication {

	/**
	 * Runs a command and ends the process, or starts the server.
	 * @param args a command and its arguments, or settings, as {@code --name=value}
	 */
	public static void main(String[] args) {
		OptionalInt exitCode = Commands.ofProcess(Clock.systemUTC(), new CommandRooms()).run(args);
		if (exitCode.isPresent()) {
			System.exit(exitCode.getAsInt());
		}
		StopSignal.stops(application().run(args));
	}

	static SpringApplication application() {
		SpringApplication application = new SpringApplication(AuthServerApplication.class);
		application.setDefaultProperties(defaults());
		application.addInitializers(new SettingsCheck());
		StartupProblemReporter.speakForTheServer();
		return application;
	}

	/** Not in an application.yml: an app in which the rooms are embedded has its own. */
	static Properties defaults() {
		YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
		yaml.setResources(new ClassPathResource("server.yml", AuthServerApplication.class));
		return Objects.requireNonNull(yaml.getObject());
	}

}
