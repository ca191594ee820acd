package dev.ablyauth.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.ablyauth.TestFiles;
import dev.ablyauth.revocation.TestRows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A server with all that a request can meet: fifty rules, ten thousand denied users,
 * limits, audit lines, meters.
 */
final class FullServer {

	static final Map<String, Object> MEMBER = Map.of("roles", List.of("member"), "team", "team-1");

	private static final int USERS = 10_000;

	private static final int CONNECTIONS = 16;

	private FullServer() {
	}

	static ServerProcess start() {
		return ServerProcess.startWith(policy(), denied(Figures.of("DENIED"))).ready();
	}

	static String policy() {
		try {
			return Files.readString(Path.of("config/policy.yml"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Makes a list of so many users who do not ask. */
	static String denied(int count) {
		String url = TestFiles.denyList();
		String setting = "ably-auth.deny-list.url=" + url;
		if (count > 0) {
			ServerProcess.start(setting).ready().close();
			TestRows.insert(JdbcClient.create(new DriverManagerDataSource(url)), 1, count);
		}
		return setting;
	}

	static List<byte[]> users() {
		return OpenLoad.users(USERS, MEMBER);
	}

	/** Loads it as much as it takes, until its code is compiled. */
	static void warmUp(ServerProcess server, List<byte[]> requests) {
		load(server, requests, Figures.of("WARMUP"));
	}

	static OpenLoad.Figures load(ServerProcess server, List<byte[]> requests, int seconds) {
		OpenLoad.Figures figures = OpenLoad.closed(server.port(), CONNECTIONS, Duration.ofSeconds(seconds), requests);
		if (figures.failed() + figures.refused() > 0) {
			throw new IllegalStateException("Not all were answered: " + figures);
		}
		return figures;
	}

}
