package dev.ablyauth.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import dev.ablyauth.revocation.StorePostgres;

/**
 * What a server holds after a long time of steady load, while keys and policy change and
 * its store comes and goes.
 */
final class Soak implements AutoCloseable {

	/** Each asks again every twenty seconds, so that some have a key that drains. */
	private static final int USERS = 4000;

	private static final int COLLECTIONS = 3;

	private final Tally tally = new Tally();

	private final Changes changes = new Changes(true, Integer.MAX_VALUE);

	private final List<Sample> samples = new ArrayList<>();

	private final StorePostgres postgres;

	private final ServerProcess server;

	private int storeRestarts;

	private Soak(StorePostgres postgres) {
		this.postgres = postgres;
		this.server = ServerProcess
			.start(StoreSettings.at(postgres.url(), this.changes.settings("ably-auth.rate-limit.per-user=600/1m")))
			.ready();
	}

	public static void main(String[] arguments) {
		try (StorePostgres postgres = new StorePostgres(); Soak soak = new Soak(postgres)) {
			try (SteadyAsking asking = new SteadyAsking(Figures.of("RATE"), soak::ask)) {
				soak.run();
			}
			soak.tell();
		}
	}

	private void ask(int number) {
		Answer answer = this.server.call().token("steady" + number % USERS);
		this.tally.note(answer);
		try {
			if (answer.status() == 200) {
				Verified.of(answer.body());
			}
		}
		catch (RuntimeException ex) {
			this.tally.failed(ex.toString());
		}
	}

	private void run() {
		Figures.row("minute", "live heap KB", "RSS MB", "threads", "descriptors", "requests", "failed",
				"keys and policies replaced", "PostgreSQL restarted");
		Figures.row("--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
		int warmup = Figures.of("WARMUP") * 60;
		int end = warmup + Figures.of("MINUTES") * 60;
		long begun = System.nanoTime();
		for (int second = 1; second <= end; second++) {
			Eventually.pause(Math.max(0, second * 1000L - (System.nanoTime() - begun) / 1_000_000));
			change(second);
			if (second >= warmup && (second - warmup) % Figures.of("SAMPLE") == 0) {
				sample(second);
			}
		}
	}

	/** The store is back long before the next look at the memory. */
	private void change(int second) {
		if (second % Figures.of("CHANGE") == 0) {
			this.changes.to(1 + second / Figures.of("CHANGE"));
		}
		int every = Figures.of("STORE_RESTART");
		if (second % every == every / 3) {
			this.postgres.kill();
		}
		if (second > Figures.of("STORE_AWAY") && (second - Figures.of("STORE_AWAY")) % every == every / 3) {
			this.postgres.restart();
			this.storeRestarts++;
		}
	}

	private void sample(int second) {
		Sample sample = Sample.of(this.server);
		this.samples.add(sample);
		Figures.row("%.1f".formatted(second / 60.0), sample.heap(), sample.rss() / 1024, sample.threads(),
				sample.descriptors(), this.tally.asked(), this.tally.failures(),
				Meters.reloads(this.server, "key", "used") + " and " + Meters.reloads(this.server, "policy", "used"),
				this.storeRestarts);
	}

	private void tell() {
		List<Sample> first = this.samples.subList(0, (this.samples.size() + 3) / 4);
		List<Sample> last = this.samples.subList(this.samples.size() - first.size(), this.samples.size());
		double growth = median(last, Sample::heap) / median(first, Sample::heap) * 100 - 100;
		double threads = median(last, Sample::threads) - median(first, Sample::threads);
		double descriptors = median(last, Sample::descriptors) - median(first, Sample::descriptors);
		System.out.println();
		System.out.println("From the median of the first %d to the median of the last %d:".formatted(first.size(),
				last.size()));
		System.out.println("live heap %+.2f %%, goal at most 2: %s;".formatted(growth, Figures.met(growth <= 2)));
		System.out.println("threads %+.1f, descriptors %+.1f, goal at most 2 more: %s.".formatted(threads, descriptors,
				Figures.met(threads <= 2 && descriptors <= 2)));
		int changes = (Figures.of("WARMUP") + Figures.of("MINUTES")) * 60 / Figures.of("CHANGE");
		double keys = Meters.reloads(this.server, "key", "used");
		double policies = Meters.reloads(this.server, "policy", "used");
		System.out.println("%.0f key files and %.0f policies used of %d, PostgreSQL killed %d times; goal all but one, and once: %s;"
			.formatted(keys, policies, changes, this.storeRestarts,
					Figures.met(Math.min(keys, policies) >= changes - 1 && this.storeRestarts > 0)));
		System.out.println("%d of %d requests failed (%s), slowest answer %d ms; goal 0: %s".formatted(
				this.tally.failures(), this.tally.asked(), this.tally.kinds(), this.tally.slowestMillis(),
				Figures.met(this.tally.failures() == 0)));
	}

	private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
		return Figures.median(samples.stream().mapToDouble(figure).toArray());
	}

	@Override
	public void close() {
		this.server.close();
	}

	/**
	 * What a process holds.
	 *
	 * @param heap kilobytes that live, by the smallest of several collections: what is
	 * being answered just then is in it
	 * @param rss kilobytes
	 * @param threads of the system
	 * @param descriptors that are open
	 */
	private record Sample(long heap, long rss, long threads, long descriptors) {

		static Sample of(ServerProcess server) {
			long heap = Long.MAX_VALUE;
			for (int i = 0; i < COLLECTIONS; i++) {
				heap = Math.min(heap, LiveHeap.kilobytes(server));
			}
			try (Stream<Path> open = Files.list(Path.of("/proc/" + server.pid() + "/fd"))) {
				return new Sample(heap, server.status("VmRSS"), server.status("Threads"), open.count());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
