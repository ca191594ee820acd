package dev.ablyauth;

import java.time.Clock;
import java.util.OptionalInt;

import dev.ablyauth.cli.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/**
 * A self-hosted auth server for apps that use Ably.
 */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
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
		application().run(args);
	}

	static SpringApplication application() {
		SpringApplication application = new SpringApplication(AuthServerApplication.class);
		application.addInitializers(new SettingsCheck());
		return application;
	}

}
