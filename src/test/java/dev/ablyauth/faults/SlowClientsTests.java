package dev.ablyauth.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.ablyauth.TestServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of connections that say nothing, never all, or read a byte a second, come
 * back whenever they are ended, and cost nobody else anything.
 */
@Tag("long")
class SlowClientsTests {

	private static final int SECONDS = 40;

	private static final int LOOKS = 8;

	private static final String HEAD = "GET /api/ably-jwt HTTP/1.1\r\nHost: x\r\n";

	private static final String SESSION = "Authorization: Bearer " + TestServer.session("slow", Map.of()) + "\r\n";

	private static final String BODY = String.join("\r\n", "POST /api/ably-jwt HTTP/1.1", "Host: x",
			"Content-Length: 5000", "Content-Type: application/x-www-form-urlencoded", "");

	/**
	 * A TokenRequest of 40 KB. The system takes between one and three megabytes of a
	 * connection on this machine before a write has to wait.
	 */
	private static final String MUCH = IntStream.range(0, 400)
		.mapToObj((i) -> "      - channel: \"much:{user.id}:%060d\"\n        operations: [subscribe, history]\n"
			.formatted(i))
		.collect(Collectors.joining("", """
				  - name: much
				    when: 'user.id == "reader"'
				    grant:
				""", ""));

	private static final String ASKS_FOR_MUCH = ("GET /api/ably-token-request HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
			+ TestServer.session("reader", Map.of()) + "\r\n\r\n")
		.repeat(200);

	/** The second time, the threads and buffers that Tomcat keeps are there already. */
	@Test
	void tokenWhenThousandsOfConnectionsAreSlowThenNobodyElseNoticesAndNothingStays() {
		try (ServerProcess server = ServerProcess.startWith(TestServer.POLICY + MUCH).ready()) {
			warmUp(server);
			long before = LiveHeap.kilobytes(server);
			long once = crowded(server, before);
			long again = crowded(server, before);
			assertThat(once).isLessThan(before + 50_000);
			assertThat(again).isLessThan(once + once / 10);
		}
	}

	/** Returns the kilobytes that live in the heap afterwards. */
	private static long crowded(ServerProcess server, long before) {
		List<Answer> probes;
		long during;
		long writing = 0;
		try (Crowd idle = new Crowd(server.port(), 10_000, 1000, "", "");
				Crowd halfHeaders = new Crowd(server.port(), 2000, 300, HEAD + "X-Slow: ", "a");
				Crowd bodies = new Crowd(server.port(), 300, 100, BODY + SESSION + "\r\nttl=", "1");
				Crowd refusedBodies = new Crowd(server.port(), 300, 100, BODY + "\r\nttl=", "1");
				Crowd readers = new Crowd(server.port(), 100, 2, ASKS_FOR_MUCH, "")) {
			probes = new ArrayList<>();
			for (int i = 0; i < LOOKS; i++) {
				probes.addAll(probe(server, SECONDS / LOOKS));
				writing += threadsThatWrite(server);
			}
			during = LiveHeap.kilobytes(server);
			for (Crowd crowd : List.of(idle, halfHeaders, bodies, refusedBodies, readers)) {
				System.out.printf("%d came, %d are there%n", crowd.opened(), crowd.present());
			}
		}
		List<Answer> later = probe(server, 3);
		long after = LiveHeap.kilobytes(server);
		System.out.printf("slow clients: %s, p99 %d ms, slowest %d ms; after them %s, slowest %d ms%n",
				SteadyAsking.statuses(probes), SteadyAsking.p99(probes), slowest(probes), SteadyAsking.statuses(later),
				slowest(later));
		System.out.printf("%d times a thread was seen in a write, in %d looks%n", writing, LOOKS);
		System.out.printf("live heap %d KB, with them %d KB, after them %d KB; resident %d KB%n", before, during, after,
				server.status("VmRSS"));
		assertThat(SteadyAsking.statuses(probes)).containsOnlyKeys(200);
		assertThat(SteadyAsking.statuses(later)).containsOnlyKeys(200);
		assertThat(slowest(probes)).isLessThan(1000);
		assertThat(slowest(later)).isLessThan(1000);
		assertThat(writing).as("writes that had to wait").isPositive();
		assertThat(during).isLessThan(before + 100_000);
		return after;
	}

	/** How many of the server hold one up because their client takes nothing. */
	private static long threadsThatWrite(ServerProcess server) {
		return Jcmd.ask(server, "Thread.print")
			.lines()
			.filter((line) -> line.contains("NioSocketWrapper.doWrite("))
			.count();
	}

	private static void warmUp(ServerProcess server) {
		try (SteadyAsking asking = new SteadyAsking(server.call())) {
			Eventually.pause(5000);
			assertThat(SteadyAsking.statuses(asking.since(0))).containsOnlyKeys(200);
		}
	}

	/** Ten times a second: by a new connection, and by one that is kept. */
	private static List<Answer> probe(ServerProcess server, int seconds) {
		List<Answer> answers = new ArrayList<>();
		long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
		for (int i = 0; System.nanoTime() < end; i++) {
			answers.add((i % 2 == 0) ? server.call().tokenByNewConnection("steady1") : server.call().token("steady1"));
			Eventually.pause(100);
		}
		return answers;
	}

	private static long slowest(List<Answer> answers) {
		return answers.stream().mapToLong(Answer::millis).max().orElseThrow();
	}

}
