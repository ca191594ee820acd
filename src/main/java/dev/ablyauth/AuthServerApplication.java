package dev.ablyauth;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/**
 * A self-hosted auth server for apps that use Ably.
 */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class AuthServerApplication {

	/**
	 * Starts the server.
	 * @param args settings, as {@code --name=value}
	 */
	public static void main(String[] args) {
		application().run(args);
	}

	static SpringApplication application() {
		SpringApplication application = new SpringApplication(AuthServerApplication.class);
		application.addInitializers(new SettingsCheck());
		return application;
	}

}
