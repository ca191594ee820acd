package dev.ablyauth.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.ablyauth.revocation.StorePostgres;

/**
 * How long after a denial was acknowledged the last token came out of any of three
 * instances that are asked for it all the time.
 */
final class LastToken {

	private static final int INSTANCES = 3;

	/** Nobody is issued a token after all have refused one; asked for so long, to be sure. */
	private static final long MILLIS_TO_BE_SURE = 100;

	private static final long LONGEST_MILLIS = 20_000;

	private final AtomicLong asked = new AtomicLong();

	private final AtomicLong[] refusals = new AtomicLong[INSTANCES];

	private final Random random = new Random(23);

	private final List<ServerProcess> servers;

	private final List<BrokenWire> wires;

	private final int connections = Figures.of("CONNECTIONS");

	private final int pause = Figures.of("PAUSE");

	private volatile String user = "nobody";

	private volatile long lastToken;

	private LastToken(List<ServerProcess> servers, List<BrokenWire> wires) {
		this.servers = servers;
		this.wires = wires;
		for (int i = 0; i < INSTANCES; i++) {
			this.refusals[i] = new AtomicLong();
		}
	}

	public static void main(String[] arguments) throws InterruptedException {
		List<BrokenWire> wires = new ArrayList<>();
		List<ServerProcess> servers = new ArrayList<>();
		try (StorePostgres postgres = new StorePostgres()) {
			for (int i = 0; i < INSTANCES; i++) {
				wires.add(new BrokenWire(postgres.port()));
				servers.add(ServerProcess.start(StoreSettings.at(wires.get(i).postgres())).ready());
			}
			new LastToken(servers, wires).measure();
		}
		finally {
			servers.forEach(ServerProcess::close);
			wires.forEach(BrokenWire::close);
		}
	}

	private void measure() throws InterruptedException {
		ExecutorService askers = Executors.newFixedThreadPool(this.connections);
		try {
			for (int i = 0; i < this.connections; i++) {
				int instance = i % INSTANCES;
				askers.execute(() -> ask(instance));
			}
			Eventually.pause(Figures.of("WARMUP") * 1000L);
			Figures.row("notifications", "denials", "p50 ms", "p99 ms", "max ms", "tokens asked for", "goal");
			Figures.row("---", "--:", "--:", "--:", "--:", "--:", "---");
			List<Long> heard = deny("heard", Figures.of("DENIALS"));
			tell("heard", heard, "p99 under 1,000: " + Figures.met(Figures.percentile(heard, 99) < 1000));
			this.wires.forEach(BrokenWire::deafen);
			Eventually.pause(3000);
			List<Long> polled = deny("polled", Figures.of("DENIALS_CUT"));
			tell("cut", polled, "never after 5,000: " + Figures.met(Figures.percentile(polled, 100) <= 5000));
		}
		finally {
			askers.shutdownNow();
			askers.awaitTermination(30, TimeUnit.SECONDS);
		}
	}

	private void tell(String how, List<Long> millis, String goal) {
		Figures.row(how, millis.size(), Figures.percentile(millis, 50), Figures.percentile(millis, 99),
				Figures.percentile(millis, 100), this.asked.getAndSet(0), goal);
	}

	private void ask(int instance) {
		Caller caller = new Caller(this.servers.get(instance).port());
		while (!Thread.currentThread().isInterrupted()) {
			String name = this.user;
			Answer answer = caller.token(name);
			this.asked.incrementAndGet();
			if (name.equals(this.user)) {
				note(instance, answer);
			}
			try {
				Thread.sleep(this.pause);
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private synchronized void note(int instance, Answer answer) {
		if (answer.status() == 200) {
			this.lastToken = Math.max(this.lastToken, answer.endedAt());
			this.refusals[instance].set(0);
		}
		else if (answer.status() == 403) {
			this.refusals[instance].incrementAndGet();
		}
		else if (!Thread.currentThread().isInterrupted()) {
			throw new IllegalStateException("an answer of " + answer);
		}
	}

	/** The times in milliseconds; 0 where no token came out after the acknowledgement. */
	private List<Long> deny(String prefix, int count) {
		List<Long> times = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			next(prefix + i);
			Eventually.pause(100 + this.random.nextInt(200));
			Answer denied = this.servers.get(i % INSTANCES).call().deny(this.user);
			if (denied.status() != 201) {
				throw new IllegalStateException("a denial was answered by " + denied);
			}
			Eventually.is(Duration.ofMillis(LONGEST_MILLIS), this::allRefuse, () -> this.user + " gets tokens");
			Eventually.pause(MILLIS_TO_BE_SURE);
			times.add(Math.max(0, (this.lastToken - denied.endedAt() + 999_999) / 1_000_000));
		}
		return times;
	}

	private synchronized void next(String name) {
		this.user = name;
		this.lastToken = 0;
		for (AtomicLong each : this.refusals) {
			each.set(0);
		}
	}

	/** More refusals in a row than there are connections to an instance. */
	private boolean allRefuse() {
		for (AtomicLong each : this.refusals) {
			if (each.get() <= this.connections / INSTANCES + 1) {
				return false;
			}
		}
		return true;
	}

}
