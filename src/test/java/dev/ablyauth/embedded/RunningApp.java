package dev.ablyauth.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.ablyauth.ably.TestKeys;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The sample app with two settings, and a browser that visits it.
 */
final class RunningApp implements AutoCloseable {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private final ConfigurableApplicationContext context;

	private final HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	private RunningApp(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static RunningApp start(Class<?> app, String policy, String... settings) {
		List<String> args = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--spring.main.log-startup-info=false", "--ably-auth.ably.clock=own",
				"--ably-auth.keys[0].value=" + TestKeys.KEY, "--ably-auth.policy=file:" + write(policy)));
		for (String setting : settings) {
			args.add("--" + setting);
		}
		return new RunningApp(new SpringApplication(app).run(args.toArray(String[]::new)));
	}

	private static Path write(String policy) {
		try {
			Path file = Files.createTempFile("policy", ".yml");
			file.toFile().deleteOnExit();
			return Files.writeString(file, policy);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	URI uri(String path) {
		int port = Objects.requireNonNull(((ServletWebServerApplicationContext) this.context).getWebServer()).getPort();
		return URI.create("http://127.0.0.1:" + port + path);
	}

	HttpResponse<String> get(String path, String... headers) {
		return send("GET", path, "", headers);
	}

	HttpResponse<String> send(String method, String path, String form, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
			.method(method, HttpRequest.BodyPublishers.ofString(form));
		if (!form.isEmpty()) {
			request.header("Content-Type", "application/x-www-form-urlencoded");
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return this.browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Fills the app's own login page in, and returns where it leads. */
	String logIn(String user) {
		Matcher csrf = CSRF.matcher(get("/login").body());
		if (!csrf.find()) {
			throw new IllegalStateException("no login page");
		}
		HttpResponse<String> answer = send("POST", "/login",
				"username=" + user + "&password=secret&_csrf=" + csrf.group(1));
		String next = answer.headers().firstValue("Location").orElse("");
		if (answer.statusCode() != 302 || next.contains("error")) {
			throw new IllegalStateException("not signed in: " + answer.statusCode());
		}
		return next;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
