package dev.ablyauth.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.ablyauth.revocation.StorePostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three instances at one PostgreSQL.
 */
@Tag("long")
class SeveralInstancesTests {

	/** Refuses those to whom the usual policy gives a mailbox. */
	private static final String STRICTER = """
			rules:
			  - name: members
			    when: '"member" in user.roles'
			    grant: [{channel: "notify:{user.id}", operations: [subscribe]}]
			""";

	private StorePostgres postgres;

	private final List<BrokenWire> wires = new ArrayList<>();

	private final List<ServerProcess> servers = new ArrayList<>();

	@BeforeEach
	void start() {
		this.postgres = new StorePostgres();
		for (int i = 0; i < 3; i++) {
			BrokenWire wire = new BrokenWire(this.postgres.port());
			this.wires.add(wire);
			this.servers.add(ServerProcess.start(StoreSettings.at(wire.postgres())).ready());
		}
	}

	@AfterEach
	void stop() {
		this.servers.forEach(ServerProcess::close);
		this.wires.forEach(BrokenWire::close);
		this.postgres.close();
	}

	@Test
	void denyThenNobodyIssuesAfterASecondAndAfterFiveWithoutNotifications() {
		List<Long> heard = denyEverywhere("heard", 30);
		assertThat(heard).as("%s", heard).allMatch((millis) -> millis < 1000);
		this.wires.forEach(BrokenWire::deafen);
		Eventually.pause(2000);
		List<Long> polled = denyEverywhere("polled", 20);
		assertThat(polled).as("%s", polled).allMatch((millis) -> millis < 5000);
		assertThat(polled.get(polled.size() / 2)).isGreaterThan(heard.get(heard.size() / 2));
		this.wires.forEach(BrokenWire::mend);
		Eventually.pause(3000);
		List<Long> again = denyEverywhere("again", 10);
		assertThat(again).as("%s", again).allMatch((millis) -> millis < 1000);
		System.out.printf("by NOTIFY %s ms, without %s ms, with it again %s ms%n", heard, polled, again);
	}

	/** How long after its acknowledgement each was known to the others, sorted. */
	private List<Long> denyEverywhere(String prefix, int count) {
		List<Long> times = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			String user = prefix + i;
			Answer denied = this.servers.get(i % 3).call().deny(user);
			assertThat(denied.status()).as("%s", denied).isEqualTo(201);
			assertThat(this.servers.get(i % 3).call().token(user).status()).isEqualTo(403);
			for (ServerProcess other : this.servers) {
				Eventually.is(Duration.ofSeconds(5), () -> other.call().token(user).status() == 403,
						() -> user + " still gets tokens");
			}
			times.add((System.nanoTime() - denied.endedAt()) / 1_000_000);
			Eventually.pause(37);
		}
		Collections.sort(times);
		return times;
	}

	@Test
	void instancesWhenTheirPoliciesDifferThenEachByItsOwnAndADenialHoldsAtBoth() {
		ServerProcess first = this.servers.get(0);
		try (ServerProcess other = ServerProcess.startWith(STRICTER, StoreSettings.at(this.postgres.url())).ready()) {
			assertThat(first.call().token("ann").status()).isEqualTo(200);
			assertThat(other.call().token("ann").status()).isEqualTo(403);
			Answer brief = first.call()
				.post("/admin/denials", "{\"target\":{\"userId\":\"ann\"},\"reason\":\"brief\",\"until\":\""
						+ Instant.now().plusSeconds(3) + "\"}");
			assertThat(brief.status()).as("%s", brief).isEqualTo(201);
			Answer lasting = other.call().deny("ann");
			assertThat(lasting.status()).isEqualTo(201);
			Eventually.pause(5000);
			assertThat(first.call().token("ann").status()).isEqualTo(403);
			String id = lasting.body().replaceAll("(?s).*?\"id\":\"([0-9a-f]+)\".*", "$1");
			assertThat(other.call().delete("/admin/denials/" + id).status()).isEqualTo(200);
			Eventually.is(Duration.ofSeconds(5), () -> first.call().token("ann").status() == 200,
					() -> "ann is refused");
			assertThat(other.call().token("ann").status()).isEqualTo(403);
		}
	}

	/** Cut off from the store, while the others are not. */
	@Test
	void instanceWhenCutOffThenTheOthersGoOnAndItHasAllAfterwards() {
		this.wires.get(2).swallow();
		for (int i = 0; i < 20; i++) {
			assertThat(this.servers.get(i % 2).call().deny("apart" + i).status()).isEqualTo(201);
		}
		assertThat(this.servers.get(2).call().deny("lost").status()).isEqualTo(503);
		assertThat(this.servers.get(2).call().token("ann").status()).isEqualTo(200);
		this.wires.get(2).mend();
		Eventually.is(Duration.ofSeconds(5), () -> this.servers.get(2).call().token("apart19").status() == 403,
				() -> "it does not catch up");
		for (int i = 0; i < 20; i++) {
			assertThat(this.servers.get(2).call().token("apart" + i).status()).isEqualTo(403);
		}
		assertThat(this.servers.get(0).call().token("lost").status()).isEqualTo(200);
	}

}
