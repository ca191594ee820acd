package dev.ablyauth.springapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A real Spring app on a free port of the loopback, used as a browser uses it: sign in,
 * keep the cookie, sign out.
 */
public final class SpringApp implements AutoCloseable {

	private final HttpClient browser = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private SpringApp(Class<?> app, String setting) {
		SpringApplication application = new SpringApplication(app);
		application.setLogStartupInfo(false);
		// Logging belongs to the tests; an app that sets it up anew would change it for
		// all.
		application.setListeners(application.getListeners()
			.stream()
			.filter((listener) -> !(listener instanceof LoggingApplicationListener))
			.toList());
		// The settings of the server, which are on the same class path, are not for it.
		this.context = application.run("--server.port=0", "--server.address=127.0.0.1",
				"--spring.config.location=optional:classpath:/of-the-app/", "--spring.main.banner-mode=off",
				"--" + setting);
	}

	/**
	 * Starts an app.
	 * @param format {@code java}, {@code indexed} or {@code json}
	 * @param redis where it keeps its sessions
	 * @return the running app
	 */
	public static SpringApp of(String format, TestRedis redis) {
		Class<?> app = switch (format) {
			case "java" -> RedisApp.Java.class;
			case "indexed" -> RedisApp.Indexed.class;
			case "json" -> RedisApp.Json.class;
			default -> throw new IllegalArgumentException(format);
		};
		return new SpringApp(app, "redis.port=" + redis.port());
	}

	/**
	 * Starts an app.
	 * @param format {@code java} or {@code json}
	 * @param postgres where it keeps its sessions
	 * @return the running app
	 */
	public static SpringApp of(String format, TestPostgres postgres) {
		return new SpringApp(format.equals("json") ? JdbcApp.Json.class : JdbcApp.Java.class,
				"jdbc.url=" + postgres.url());
	}

	/**
	 * Signs in by the login form.
	 * @param user {@code ann} or {@code bob}
	 * @return the value of the session cookie
	 */
	public String login(String user) {
		return cookie(HttpRequest.newBuilder(at("/login"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("username=" + user + "&password=pw-" + user)));
	}

	/**
	 * Opens a page that begins a session: {@code /visit} without a login, {@code /oidc}
	 * and {@code /own} with one.
	 * @param path of the page
	 * @return the value of the session cookie
	 */
	public String open(String path) {
		return cookie(HttpRequest.newBuilder(at(path)));
	}

	/**
	 * Signs out.
	 * @param cookie the value of the session cookie
	 */
	public void logout(String cookie) {
		send(HttpRequest.newBuilder(at("/logout"))
			.header("Cookie", "SESSION=" + cookie)
			.POST(HttpRequest.BodyPublishers.noBody()));
	}

	private String cookie(HttpRequest.Builder request) {
		return send(request).headers()
			.allValues("Set-Cookie")
			.stream()
			.filter((cookie) -> cookie.startsWith("SESSION="))
			.map((cookie) -> cookie.substring("SESSION=".length(), cookie.indexOf(';')))
			.findFirst()
			.orElseThrow();
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> answer = this.browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
			if (answer.statusCode() >= 400) {
				throw new IllegalStateException("the app answers " + answer.statusCode());
			}
			return answer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private URI at(String path) {
		WebServer server = Objects.requireNonNull(((ServletWebServerApplicationContext) this.context).getWebServer());
		return URI.create("http://127.0.0.1:" + server.getPort() + path);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
