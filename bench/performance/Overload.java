package dev.ablyauth.faults;

import java.time.Duration;
import java.util.List;

/**
 * What becomes of twice as many requests as a server can answer, and how soon it is well
 * again.
 */
final class Overload {

	private static final int CONNECTIONS = 1200;

	private static final int AFTERWARDS = 200;

	private Overload() {
	}

	public static void main(String[] arguments) {
		List<byte[]> users = FullServer.users();
		Figures.row("peak tokens a second", "asked for a second", "tokens a second", "of the peak", "503", "p99 of 503 ms",
				"slowest 503 ms", "others", "p99 ms, 2 s later", "goal");
		Figures.row("--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "---");
		try (ServerProcess server = FullServer.start()) {
			FullServer.warmUp(server, users);
			for (int round = 0; round < Figures.of("ROUNDS"); round++) {
				round(server, users);
			}
		}
	}

	private static void round(ServerProcess server, List<byte[]> users) {
		Duration time = Duration.ofSeconds(Figures.of("ROUND_SECONDS"));
		double peak = FullServer.load(server, users, Figures.of("ROUND_SECONDS")).goodput();
		int asked = (int) (2 * peak);
		OpenLoad.Figures twice = OpenLoad.open(server.port(), CONNECTIONS, asked, time, users);
		Eventually.pause(2000);
		OpenLoad.Figures later = OpenLoad.open(server.port(), 50, AFTERWARDS, Duration.ofSeconds(5), users);
		double share = twice.goodput() / peak;
		boolean met = share >= 0.9 && twice.failed() == 0 && twice.refusalMillis(990) <= 50
				&& later.failed() + later.refused() == 0 && later.tokenMillis(990) <= 50;
		Figures.row(Math.round(peak), asked, Math.round(twice.goodput()), "%.0f %%".formatted(share * 100), twice.refused(),
				"%.0f".formatted(twice.refusalMillis(990)), "%.0f".formatted(twice.refusalMillis(1000)), twice.failed(),
				"%.1f".formatted(later.tokenMillis(990)), "90 %, 503 within 50 ms: " + Figures.met(met));
		System.err.println(twice);
	}

}
