package dev.ablyauth.policy;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.session.AppUser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One grant, each time for another one of a thousand people.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GrantBenchmark {

	private static final int USERS = 1000;

	private static final RequestFacts REQUEST = new RequestFacts("192.0.2.1", "https://app.example.com",
			Instant.parse("2026-01-01T00:00:00Z"));

	/** How many rules the policy has. */
	@Param({ "10", "100", "1000" })
	public int rules;

	private Policy policy;

	private PlainLoop plainLoop;

	private List<AppUser> users;

	private int next;

	/** Reads the policy and compares both ways for all users. */
	@Setup
	public void read() {
		TeamPolicy made = new TeamPolicy(this.rules);
		this.policy = new PolicyReader(Operations.standard()).read(made.yaml(), Pseudonyms.OF_TESTS);
		this.plainLoop = new PlainLoop(this.policy);
		this.users = made.users(USERS);
		for (AppUser user : this.users) {
			Grant grant = this.policy.grant(user, Wish.NONE, REQUEST);
			String given = describe(grant);
			if (grant.rules().size() != TeamPolicy.MATCHING
					|| !given.equals(describe(this.plainLoop.grant(user, REQUEST)))) {
				throw new IllegalStateException("not the grant that was expected: " + given);
			}
		}
	}

	private static String describe(Grant grant) {
		return String.join("\n", grant.capability().text(), grant.clientId().value(), grant.lifetime().toString(),
				grant.features().toString(), String.valueOf(grant.format()), grant.parts().toString());
	}

	private AppUser nextUser() {
		this.next = (this.next + 1) % USERS;
		return this.users.get(this.next);
	}

	/**
	 * As the server decides.
	 * @return what the policy gives
	 */
	@Benchmark
	public Grant index() {
		return this.policy.grant(nextUser(), Wish.NONE, REQUEST);
	}

	/**
	 * The same, asking every rule.
	 * @return what the policy gives
	 */
	@Benchmark
	public Grant loop() {
		return this.plainLoop.grant(nextUser(), REQUEST);
	}

}
