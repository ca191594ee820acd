package dev.ablyauth.faults;

import java.time.Duration;
import java.util.List;

/**
 * How long a token takes at a rate of its own, whatever the answers are.
 */
final class Steady {

	private static final int CONNECTIONS = 200;

	private Steady() {
	}

	public static void main(String[] arguments) {
		int rate = Figures.of("RATE");
		List<byte[]> users = FullServer.users();
		Figures.row("requests a second", "asked for", "p50 ms", "p99 ms", "p99.9 ms", "errors", "CPU us per token",
				"goal");
		Figures.row("--:", "--:", "--:", "--:", "--:", "--:", "--:", "---");
		try (ServerProcess server = FullServer.start()) {
			FullServer.warmUp(server, users);
			for (int round = 0; round < Figures.of("ROUNDS"); round++) {
				long before = ProcessorTime.micros(server);
				OpenLoad.Figures figures = OpenLoad.open(server.port(), CONNECTIONS, rate,
						Duration.ofSeconds(Figures.of("ROUND_SECONDS")), users);
				double micros = (double) (ProcessorTime.micros(server) - before) / figures.good();
				long errors = figures.failed() + figures.refused() + figures.notAsked();
				boolean met = errors == 0 && figures.tokenMillis(500) <= 2 && figures.tokenMillis(990) <= 10
						&& figures.tokenMillis(999) <= 50;
				Figures.row(rate, figures.good() + errors, millis(figures, 500), millis(figures, 990),
						millis(figures, 999), errors, Math.round(micros),
						"2, 10 and 50 ms, no errors: " + Figures.met(met));
			}
		}
	}

	private static String millis(OpenLoad.Figures figures, int perMille) {
		return "%.2f".formatted(figures.tokenMillis(perMille));
	}

}
