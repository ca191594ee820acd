package dev.ablyauth.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.revocation.StorePostgres;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.StandInSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What becomes of revocations that are asked for while Ably is away.
 */
final class AblyDown {

	private static final int TARGETS = 8;

	private static final Duration LONGEST = Duration.ofMinutes(5);

	private AblyDown() {
	}

	public static void main(String[] arguments) {
		try (StorePostgres postgres = new StorePostgres();
				AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
						StandInSettings.revocable());
				BrokenWire wire = new BrokenWire(ably.port());
				ServerProcess one = server(postgres, wire);
				ServerProcess other = server(postgres, wire)) {
			measure(postgres, ably, wire, List.of(one, other));
		}
	}

	private static ServerProcess server(StorePostgres postgres, BrokenWire wire) {
		return ServerProcess
			.start(StoreSettings.at(postgres.url(), "ably-auth.keys[0].revocable-tokens=true",
					"ably-auth.ably.rest-url=http://127.0.0.1:" + wire.port()))
			.ready();
	}

	private static void measure(StorePostgres postgres, AblyStandIn ably, BrokenWire wire,
			List<ServerProcess> servers) {
		int count = Figures.of("REVOCATIONS");
		long millis = Figures.of("AWAY") * 1000L;
		Random random = new Random(7);
		wire.cut();
		long away = System.nanoTime();
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			ids.add(revoke(servers.get(i % servers.size()), "client" + random.nextInt(TARGETS)));
			// The first call waits for Ably for three seconds, as all do.
			long next = away + i * millis * 1_000_000 / count;
			Eventually.pause(Math.max(0, (next - System.nanoTime()) / 1_000_000));
		}
		Eventually.pause(Math.max(0, millis - (System.nanoTime() - away) / 1_000_000));
		int before = ably.revocations().size();
		long back = System.nanoTime();
		wire.mend();
		List<String> lost = new ArrayList<>();
		for (String id : ids) {
			try {
				Eventually.is(LONGEST, () -> servers.get(0)
					.call()
					.get("/admin/revocations/" + id)
					.body()
					.contains("\"state\":\"revoked\""), () -> id);
			}
			catch (AssertionError ex) {
				lost.add(id);
			}
		}
		long last = (System.nanoTime() - back) / 1_000_000;
		tell(ids, lost, AblyAwayTests.arrived(ably.revocations()), postgres, (back - away) / 1_000_000_000, before,
				ably.revocations().size(), last);
	}

	private static String revoke(ServerProcess server, String client) {
		Answer answer = server.call()
			.post("/admin/revocations", "{\"targets\":[{\"clientId\":\"" + client + "\"}]}");
		if (answer.status() != 202) {
			throw new IllegalStateException("a revocation was answered by " + answer);
		}
		return answer.body().replaceAll("(?s).*?\"id\":\"([0-9a-f]+)\".*", "$1");
	}

	private static void tell(List<String> ids, List<String> lost, Map<String, List<Long>> arrived,
			StorePostgres postgres, long seconds, int before, int calls, long last) {
		JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(postgres.url(), "postgres", null));
		long there = ids.stream()
			.filter((id) -> jdbc.sql("select specifier, issued_before from ably_auth_revocation_target where revocation = ?")
				.param(id)
				.query((row, index) -> arrived.getOrDefault(row.getString(1), List.of()).contains(row.getLong(2)))
				.single())
			.count();
		long sorted = arrived.values().stream().filter((times) -> times.stream().sorted().toList().equals(times)).count();
		int arrivals = arrived.values().stream().mapToInt(List::size).sum();
		Figures.row("away s", "revocations", "targets", "taken before", "arrived", "lost", "calls", "arrivals",
				"targets in order", "last one ms after the return", "goal");
		Figures.row("--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "---");
		Figures.row(seconds, ids.size(), arrived.size(), before, there, lost.size(), calls, arrivals,
				sorted + " of " + arrived.size(), last, "all, in order: "
						+ Figures.met(there == ids.size() && lost.isEmpty() && sorted == arrived.size()));
	}

}
