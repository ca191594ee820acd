package dev.ablyauth.issuing;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.AblyToken;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.RecentRevocations;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.policy.TestPolicies;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.revocation.DenyList;
import dev.ablyauth.session.AppUser;

/**
 * An issuer for tests; each test states what is different.
 */
final class TestIssuer {

	static final Instant NOW = Instant.parse("2026-01-01T12:00:00.900Z");

	static final RequestFacts REQUEST = new RequestFacts("127.0.0.1", "", NOW);

	static final String ALL_TALK = """
			rules:
			  - name: all
			    grant: [{channel: "talk:*", operations: [publish, subscribe]}]
			""";

	private String policy = ALL_TALK;

	private Capability keyCapability = Capability.everything();

	private boolean revocable;

	private DenyList denyList = DenyList.none();

	private Function<TokenRequest, AblyToken> redeem = (request) -> {
		throw new IllegalStateException("nobody asks Ably in this test");
	};

	private TokenProperties settings = settings(0);

	private RecentRevocations revocations = RecentRevocations.NONE;

	private Duration clockOffset = Duration.ZERO;

	private IssueTimes.Pause pause = (wait) -> {
		throw new IllegalStateException("nobody waits in this test");
	};

	private final KeyMemory memory = new KeyMemory(Ticker.systemTicker(), null);

	private RandomGenerator random = new SecureRandom();

	static TokenProperties settings(double jitter) {
		return new TokenProperties(8192, Duration.ofSeconds(60), Duration.ofSeconds(2), jitter, "/api");
	}

	TestIssuer policy(String yaml) {
		this.policy = yaml;
		return this;
	}

	TestIssuer keyCapability(Capability capability) {
		this.keyCapability = capability;
		return this;
	}

	TestIssuer redeem(Function<TokenRequest, AblyToken> redeem) {
		this.redeem = redeem;
		return this;
	}

	TestIssuer revocable() {
		this.revocable = true;
		return this;
	}

	TestIssuer revocations(RecentRevocations revocations) {
		this.revocations = revocations;
		return this;
	}

	TestIssuer clockOffset(Duration clockOffset) {
		this.clockOffset = clockOffset;
		return this;
	}

	TestIssuer pause(IssueTimes.Pause pause) {
		this.pause = pause;
		return this;
	}

	TestIssuer denyList(DenyList denyList) {
		this.denyList = denyList;
		return this;
	}

	TestIssuer settings(TokenProperties settings) {
		this.settings = settings;
		return this;
	}

	TestIssuer random(RandomGenerator random) {
		this.random = random;
		return this;
	}

	IssuedToken issue(AppUser user, Asked asked, Wish wish) {
		return build().issue(user, asked, wish, REQUEST);
	}

	TokenIssuer build() {
		return build(TestPolicies.live(this.policy));
	}

	TokenIssuer build(LivePolicy live) {
		return build(live, keys());
	}

	/** The usual key, with what a test says of it. */
	private LiveKeys keys() {
		return TestLiveKeys.of(new KeyProperties(TestKeys.KEY, null, this.keyCapability.text(), this.revocable, null));
	}

	TokenIssuer build(LivePolicy live, LiveKeys keys) {
		IssueTimes times = new IssueTimes(this.settings.iatBackdate(), this.revocations, () -> this.clockOffset,
				this.pause);
		Lifetimes lifetimes = new Lifetimes(this.settings, this.random);
		return new TokenIssuer(this.denyList, live, new ShadowPolicy(null, new AuditLog()), keys,
				new KeyHolders(this.memory, this.settings.minTtl()), times,
				new Decisions(this.settings, lifetimes, times, new Nonces(this.random)), new Seal(this.redeem),
				new IssueAudit(new AuditLog(), DecisionListener.NONE));
	}

}
