package dev.ablyauth.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import dev.ablyauth.TestFiles;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.RevokeCall;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ably that is away, slow or over its limit, and a server that is killed before it has
 * told Ably: each revocation arrives once or more, in order for each target.
 */
@Tag("long")
class AblyAwayTests {

	private static final int TARGETS = 5;

	private static final Duration LONGEST = Duration.ofMinutes(3);

	private final String file = TestFiles.denyList();

	private AblyStandIn ably;

	private BrokenWire wire;

	private ServerProcess server;

	@BeforeEach
	void start() {
		this.ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.revocable());
		this.wire = new BrokenWire(this.ably.port());
		this.server = ServerProcess
			.start("ably-auth.deny-list.url=" + this.file, "ably-auth.keys[0].revocable-tokens=true",
					"ably-auth.ably.rest-url=http://127.0.0.1:" + this.wire.port())
			.ready();
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.wire.close();
		this.ably.close();
	}

	@Test
	void revokeWhenAblyIsAwaySlowOrOverItsLimitThenAllArriveInOrder() {
		List<String> acknowledged = new ArrayList<>();
		for (int round = 0; round < 12; round++) {
			breakAbly(round);
			acknowledged.add(revoke("client" + round % TARGETS));
			Eventually.pause(1100);
		}
		this.wire.mend();
		this.ably.revocationFaults().limit(Integer.MAX_VALUE);
		Answer denied = this.server.call()
			.post("/admin/denials", "{\"target\":{\"userId\":\"ann\"},\"reason\":\"spam\",\"revoke\":true}");
		assertThat(denied.status()).isIn(201, 202);
		assertThat(this.server.call().token("ann").status()).isEqualTo(403);
		assertAllArrive(acknowledged);
	}

	private void breakAbly(int round) {
		switch (round % 6) {
			case 0 -> this.wire.cut();
			case 1 -> {
				this.wire.mend();
				this.ably.revocationFaults().answer(500);
			}
			case 2 -> this.ably.revocationFaults().limit(0);
			case 3 -> {
				this.ably.revocationFaults().limit(Integer.MAX_VALUE);
				this.ably.revocationFaults().slow(Duration.ofSeconds(5));
			}
			case 4 -> this.ably.revocationFaults().loseAnswer();
			default -> this.wire.swallow();
		}
	}

	@Test
	void revokeWhenTheServerIsKilledBeforeAblyHasItThenItArrivesAfterTheStart() {
		List<String> acknowledged = new ArrayList<>();
		Random random = new Random(9);
		for (int kill = 0; kill < 8; kill++) {
			this.wire.cut();
			for (int i = 0; i < 2; i++) {
				acknowledged.add(revoke("client" + random.nextInt(TARGETS)));
			}
			this.wire.mend();
			Eventually.pause(random.nextInt(2500));
			this.server.close();
			this.server = this.server.again().ready();
		}
		assertAllArrive(acknowledged);
	}

	/** Returns the id of what was acknowledged. */
	private String revoke(String client) {
		Answer answer = this.server.call()
			.post("/admin/revocations", "{\"targets\":[{\"clientId\":\"" + client + "\"}]}");
		assertThat(answer.status()).as("%s", answer).isIn(201, 202);
		return answer.body().replaceAll("(?s).*?\"id\":\"([0-9a-f]+)\".*", "$1");
	}

	private void assertAllArrive(List<String> acknowledged) {
		long begun = System.nanoTime();
		for (String id : acknowledged) {
			Eventually.is(LONGEST,
					() -> this.server.call().get("/admin/revocations/" + id).body().contains("\"state\":\"revoked\""),
					() -> this.server.call().get("/admin/revocations/" + id) + this.server.output());
		}
		System.out.printf("%d revocations, all taken %d ms after the last fault, %d calls%n", acknowledged.size(),
				(System.nanoTime() - begun) / 1_000_000, this.ably.revocations().size());
		Map<String, List<Long>> arrived = arrived(this.ably.revocations());
		assertThat(arrived.values()).allSatisfy((seconds) -> assertThat(seconds).isSorted());
		JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(this.file));
		for (String id : acknowledged) {
			jdbc.sql("select specifier, issued_before from ably_auth_revocation_target where revocation = ?")
				.param(id)
				.query((row) -> {
					assertThat(arrived.get(row.getString(1))).as(id).contains(row.getLong(2));
				});
		}
	}

	/** For each target the times of its revocations, as they came. */
	static Map<String, List<Long>> arrived(List<RevokeCall> calls) {
		Map<String, List<Long>> arrived = new TreeMap<>();
		calls.forEach((call) -> call.targets()
			.forEach(
					(target) -> arrived.computeIfAbsent(target, (name) -> new ArrayList<>()).add(call.issuedBefore())));
		return arrived;
	}

}
