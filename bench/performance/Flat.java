package dev.ablyauth.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server holds while it is asked all the time.
 */
final class Flat {

	private static final int CONNECTIONS = 200;

	private static final int KILO = 1024;

	private Flat() {
	}

	public static void main(String[] arguments) {
		List<byte[]> users = FullServer.users();
		List<Long> heap = new ArrayList<>();
		long highest = 0;
		long errors = 0;
		Figures.row("minute", "resident MB", "live heap KB", "p99 ms", "errors");
		Figures.row("--:", "--:", "--:", "--:", "--:");
		try (ServerProcess server = FullServer.start()) {
			for (int minute = 1; minute <= Figures.of("MINUTES"); minute++) {
				OpenLoad.Figures figures = OpenLoad.open(server.port(), CONNECTIONS, Figures.of("RATE"),
						Duration.ofMinutes(1), users);
				errors += figures.failed() + figures.refused() + figures.notAsked();
				long resident = server.status("VmRSS") / KILO;
				highest = Math.max(highest, resident);
				heap.add(LiveHeap.kilobytes(server));
				Figures.row(minute, resident, heap.get(heap.size() - 1), "%.2f".formatted(figures.tokenMillis(990)),
						errors);
			}
		}
		int part = heap.size() / 4;
		if (part == 0) {
			return;
		}
		double growth = (median(heap.subList(heap.size() - part, heap.size()))
				/ median(heap.subList(heap.size() - 3 * part, heap.size() - 2 * part)) - 1) * 100;
		System.out.println();
		System.out.println("Resident %d MB at most, goal under 220: %s; live heap %+.2f %% from the second quarter to the last, goal under 2: %s; %d errors."
			.formatted(highest, Figures.met(highest < 220), growth, Figures.met(growth < 2), errors));
	}

	private static double median(List<Long> values) {
		return Figures.median(values.stream().mapToDouble(Long::doubleValue).toArray());
	}

}
