package dev.ablyauth.faults;

import java.time.Duration;
import java.util.List;

/**
 * All clients at once, right after the start, when nothing is compiled yet.
 */
final class Storm {

	private Storm() {
	}

	public static void main(String[] arguments) {
		int clients = Figures.of("CLIENTS");
		int seconds = Figures.of("STORM");
		List<byte[]> users = OpenLoad.users(clients, FullServer.MEMBER);
		String denied = FullServer.denied(Figures.of("DENIED"));
		Figures.row("clients", "in seconds", "tokens", "503", "others", "p50 ms", "p99 ms", "slowest ms", "goal");
		Figures.row("--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "---");
		for (int round = 0; round < Figures.of("ROUNDS"); round++) {
			try (ServerProcess server = ServerProcess.startWith(FullServer.policy(), denied).ready()) {
				OpenLoad.Figures figures = OpenLoad.clients(server.port(), clients / seconds, Duration.ofSeconds(seconds),
						users);
				boolean met = figures.failed() + figures.refused() == 0 && figures.tokenMillis(990) < 1000;
				Figures.row(figures.good() + figures.failed() + figures.refused(), seconds, figures.good(),
						figures.refused(), figures.failed(), "%.1f".formatted(figures.tokenMillis(500)),
						"%.0f".formatted(figures.tokenMillis(990)), "%.0f".formatted(figures.tokenMillis(1000)),
						"all served, p99 under 1,000 ms: " + Figures.met(met));
				System.err.println(figures);
			}
		}
	}

}
