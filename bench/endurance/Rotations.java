package dev.ablyauth.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What of steady load fails, or gets a token of the wrong key or policy, while servers
 * follow files that change all the time.
 */
final class Rotations {

	/** One that was current is the previous one next, and then not there for a while. */
	private static final int NAMES = 20;

	private static final AtomicInteger LEFT = new AtomicInteger(Figures.of("ROTATIONS"));

	private Rotations() {
	}

	public static void main(String[] arguments) throws InterruptedException, ExecutionException {
		int count = Figures.of("SERVERS");
		Tally tally = new Tally();
		List<Followed> all = new ArrayList<>();
		ExecutorService threads = Executors.newFixedThreadPool(count);
		try {
			for (int i = 0; i < count; i++) {
				all.add(new Followed(new Changes(i % 2 == 1, NAMES), tally));
			}
			long begun = System.nanoTime();
			long end = begun + Duration.ofMinutes(Figures.of("LONGEST")).toNanos();
			for (Future<?> each : all.stream().map((one) -> threads.submit(() -> one.run(end))).toList()) {
				each.get();
			}
			tell(all, tally, (System.nanoTime() - begun) / 1_000_000_000);
		}
		finally {
			threads.shutdownNow();
			all.forEach(Followed::close);
		}
	}

	private static void tell(List<Followed> all, Tally tally, long seconds) {
		long rotations = all.stream().mapToLong((each) -> each.reloads("key", "used")).sum();
		long policies = all.stream().mapToLong((each) -> each.reloads("policy", "used")).sum();
		long refused = all.stream()
			.mapToLong((each) -> each.reloads("key", "refused") + each.reloads("policy", "refused"))
			.sum();
		long longest = all.stream().mapToLong(Followed::longestMillis).max().orElse(0);
		int goal = Figures.of("ROTATIONS");
		boolean met = rotations >= goal && policies >= goal && refused == 0 && tally.failures() == 0;
		Figures.row("servers", "seconds", "keys replaced", "policies replaced", "refused", "longest until used ms",
				"tokens verified", "failed", "kinds", "slowest answer ms", "goal");
		Figures.row("--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "---", "--:", "---");
		Figures.row(all.size(), seconds, rotations, policies, refused, longest, tally.asked() - tally.failures(),
				tally.failures(), tally.kinds(), tally.slowestMillis(),
				"%d of each, 0 failed: %s".formatted(goal, Figures.met(met)));
	}

	/** One server, its files, and those who ask it. */
	private static final class Followed implements AutoCloseable {

		/** Few enough that many ask again while the key that they have drains. */
		private static final int USERS = 40;

		private final Changes changes;

		private final Tally tally;

		private final ServerProcess server;

		private final AtomicLong longest = new AtomicLong();

		/** The version that the server says it uses. */
		private volatile int used = 1;

		/** The version that is in the files, or comes now. */
		private volatile int written = 1;

		Followed(Changes changes, Tally tally) {
			this.changes = changes;
			this.tally = tally;
			this.server = ServerProcess.start(changes.settings()).ready();
		}

		void run(long end) {
			int perSecond = Math.max(1, Figures.of("RATE") / Figures.of("SERVERS"));
			try (SteadyAsking asking = new SteadyAsking(perSecond, (number) -> ask("steady" + number % USERS))) {
				while (System.nanoTime() < end && LEFT.getAndDecrement() > 0) {
					change(this.used + 1);
				}
			}
		}

		private void change(int version) {
			this.written = version;
			this.changes.to(version);
			long begun = System.nanoTime();
			Eventually.pause(1500);
			while (reloads("key", "used") < version - 1 || reloads("policy", "used") < version - 1) {
				Eventually.pause(50);
				if (System.nanoTime() - begun > 60_000_000_000L) {
					throw new IllegalStateException("version " + version + " is not used: " + this.server.output());
				}
			}
			this.used = version;
			this.longest.accumulateAndGet((System.nanoTime() - begun) / 1_000_000, Math::max);
			ask("new" + version);
		}

		private void ask(String user) {
			int from = this.used;
			Answer answer = this.server.call().token(user);
			this.tally.note(answer);
			if (answer.status() == 200) {
				check(answer.body(), from, this.written, user.startsWith("new"));
			}
		}

		/** A newcomer has the newest key, and others perhaps the one before. */
		private void check(String token, int from, int to, boolean newcomer) {
			try {
				Verified verified = Verified.of(token);
				boolean known = false;
				for (int version = newcomer ? from : from - 1; version <= to; version++) {
					known |= verified.key().equals(this.changes.keyName(version));
				}
				if (!known) {
					this.tally.failed("a key that is not there");
				}
				if (verified.policy() < from || verified.policy() > to) {
					this.tally.failed("a policy that is not there");
				}
			}
			catch (RuntimeException ex) {
				this.tally.failed(ex.toString());
			}
		}

		long reloads(String kind, String result) {
			return Meters.reloads(this.server, kind, result);
		}

		long longestMillis() {
			return this.longest.get();
		}

		@Override
		public void close() {
			this.server.close();
		}

	}

}
