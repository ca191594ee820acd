package dev.ablyauth.faults;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.ablyauth.TestServer;

/**
 * What a token costs more where there is more of something. Both servers run, and the
 * rounds alternate, so that both meet the same machine.
 */
final class Growth {

	private static final String RULE = """
			  - name: staff %1$d
			    when: '"staff-%1$d" in user.roles'
			    grant:
			      - channel: "staff-%1$d:*"
			        operations: [subscribe]
			""";

	/** What one of the texts adds to a session. */
	private static final int CLAIM = 48;

	private Growth() {
	}

	public static void main(String[] arguments) {
		List<byte[]> users = FullServer.users();
		Figures.row("what grows", "from", "to", "CPU us per token, few", "many", "times", "goal");
		Figures.row("---", "--:", "--:", "--:", "--:", "--:", "---");
		String denied = FullServer.denied(Figures.of("DENIED"));
		if (isAsked("rules")) {
			compare("rules", "10", "1000", new Side(rules(10), denied, users), new Side(rules(1000), denied, users), 1.3);
		}
		if (isAsked("denied")) {
			compare("denied users", "0", "1000000", new Side(FullServer.policy(), FullServer.denied(0), users),
					new Side(FullServer.policy(), FullServer.denied(1_000_000), users), 1.05);
		}
		if (isAsked("users")) {
			compare("users", "1", "1000000", new Side(FullServer.policy(), denied, OpenLoad.users(1, FullServer.MEMBER)),
					new Side(FullServer.policy(), denied, OpenLoad.users(1_000_000, FullServer.MEMBER)), 1.1);
		}
		if (isAsked("claims")) {
			compare("bytes of a session", "1024", "8192", new Side(FullServer.policy(), denied, claims(1024)),
					new Side(FullServer.policy(), denied, claims(8192)), 1.5);
		}
	}

	private static boolean isAsked(String what) {
		return List.of(System.getenv("GROWTH").split(" ")).contains(what);
	}

	private static void compare(String what, String from, String to, Side few, Side many, double goal) {
		int rounds = Figures.of("ROUNDS");
		double[] cheap = new double[rounds];
		double[] dear = new double[rounds];
		try (ServerProcess one = few.start(); ServerProcess other = many.start()) {
			FullServer.warmUp(one, few.users());
			FullServer.warmUp(other, many.users());
			for (int i = 0; i < rounds; i++) {
				cheap[i] = micros(one, few.users());
				dear[i] = micros(other, many.users());
			}
		}
		double times = Figures.median(dear) / Figures.median(cheap);
		Figures.row(what, from, to, Figures.text(cheap), Figures.text(dear), "%.2f".formatted(times),
				goal + ": " + Figures.met(times <= goal));
	}

	private static double micros(ServerProcess server, List<byte[]> users) {
		long before = ProcessorTime.micros(server);
		long tokens = FullServer.load(server, users, Figures.of("DURATION")).good();
		return (double) (ProcessorTime.micros(server) - before) / tokens;
	}

	/** As many as there are, most of which are for others. */
	private static String rules(int count) {
		return FullServer.policy().substring(0, FullServer.policy().indexOf("  - name: people of a paid plan"))
				+ IntStream.rangeClosed(5, count).mapToObj(RULE::formatted).collect(Collectors.joining());
	}

	/** Sessions of so many bytes: short texts, of which a profile has many. */
	private static List<byte[]> claims(int bytes) {
		Map<String, Object> claims = new TreeMap<>(FullServer.MEMBER);
		while (TestServer.session("load10000", claims).length() < bytes - CLAIM) {
			claims.put("claim-%04d".formatted(claims.size()), "a text that is here");
		}
		return OpenLoad.users(10_000, claims);
	}

	/**
	 * One of two servers, and who asks it.
	 *
	 * @param policy its policy
	 * @param denied the setting of its deny-list
	 * @param users requests
	 */
	private record Side(String policy, String denied, List<byte[]> users) {

		ServerProcess start() {
			return ServerProcess.startWith(this.policy, this.denied, "ably-auth.rate-limit.per-user=none").ready();
		}

	}

}
