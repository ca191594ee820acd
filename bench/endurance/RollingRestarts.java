package dev.ablyauth.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.ablyauth.revocation.StorePostgres;

/**
 * What of steady load fails while two servers behind a balancer are restarted, one after
 * the other, again and again.
 */
final class RollingRestarts {

	private static final int USERS = 500;

	private final Tally tally = new Tally();

	private final List<Double> seconds = new ArrayList<>();

	private final SortedMap<Integer, Integer> exits = new TreeMap<>();

	private final ServerProcess[] servers = new ServerProcess[2];

	private RollingRestarts() {
	}

	public static void main(String[] arguments) {
		RollingRestarts restarts = new RollingRestarts();
		try (StorePostgres postgres = new StorePostgres()) {
			for (int i = 0; i < restarts.servers.length; i++) {
				restarts.servers[i] = ServerProcess
					.start(StoreSettings.at(postgres.url(), "server.port=" + Balancer.freePort(),
							"ably-auth.web.drain=" + System.getenv("DRAIN")))
					.ready();
			}
			restarts.measure();
		}
		finally {
			for (ServerProcess server : restarts.servers) {
				if (server != null) {
					server.close();
				}
			}
		}
	}

	private void measure() {
		try (Balancer balancer = new Balancer(Path.of("out/endurance"), this.servers[0].port(),
				this.servers[1].port())
			.hasBoth()) {
			Caller caller = balancer.call();
			try (SteadyAsking asking = new SteadyAsking(Figures.of("RATE"),
					(number) -> this.tally.note(caller.token("steady" + number % USERS)))) {
				for (int i = 0; i < Figures.of("RESTARTS"); i++) {
					restart(0, balancer);
					restart(1, balancer);
				}
				while (this.tally.asked() < Figures.of("REQUESTS")) {
					Eventually.pause(100);
				}
			}
		}
		tell();
	}

	private void restart(int place, Balancer balancer) {
		ServerProcess old = this.servers[place];
		long begun = System.nanoTime();
		this.exits.merge(old.terminate(), 1, Integer::sum);
		this.servers[place] = old.again().ready();
		this.seconds.add((System.nanoTime() - begun) / 1e9);
		old.close();
		balancer.hasBoth();
	}

	private void tell() {
		boolean met = this.tally.failures() == 0 && this.exits.keySet().equals(Set.of(0));
		Figures.row("rolling restarts", "drain", "requests", "failed", "kinds", "exit codes",
				"seconds of a restart, until ready", "slowest answer ms", "goal");
		Figures.row("--:", "--:", "--:", "--:", "---", "---", "--:", "--:", "---");
		Figures.row(Figures.of("RESTARTS"), System.getenv("DRAIN"), this.tally.asked(), this.tally.failures(),
				this.tally.kinds(), this.exits,
				Figures.text(this.seconds.stream().mapToDouble(Double::doubleValue).toArray()),
				this.tally.slowestMillis(),
				"0 of %d failed, all ended with 0: %s".formatted(Figures.of("REQUESTS"), Figures.met(met)));
	}

}
