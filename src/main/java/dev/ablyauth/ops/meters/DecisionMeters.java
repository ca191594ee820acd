package dev.ablyauth.ops.meters;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.issuing.DecisionListener;
import dev.ablyauth.policy.Format;
import dev.ablyauth.policy.Grant;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Counts decisions. A counter is made when its labels are met for the first time, and
 * found again by a small key: a request makes no meter and no text.
 */
final class DecisionMeters implements DecisionListener {

	/** A policy that is written anew again and again could have any number of rules. */
	static final int MOST_RULES = 200;

	private static final String NONE = "none";

	private static final String ISSUED = "issued";

	private static final String REFUSED = "refused";

	private static final double[] BYTES = { 512, 1024, 2048, 4096, 8192 };

	private static final Duration[] TIMES = { Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5),
			Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100),
			Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofMillis(1000), Duration.ofMillis(2500) };

	private final MeterRegistry meters;

	private final Map<IssuedLabels, Counter> issued = new ConcurrentHashMap<>();

	private final Map<RefusedLabels, Counter> refused = new ConcurrentHashMap<>();

	private final Map<RuleLabels, Counter> rules = new ConcurrentHashMap<>();

	private final Map<String, Counter> limits = new ConcurrentHashMap<>();

	private final FewNames ruleNames = new FewNames(MOST_RULES);

	private final Counter lostOfWish;

	private final Counter lostToKey;

	private final DistributionSummary bytes;

	private final Map<Outcome, Timer> times = new EnumMap<>(Outcome.class);

	DecisionMeters(MeterRegistry meters) {
		this.meters = meters;
		this.lostOfWish = narrowed("of-wish");
		this.lostToKey = narrowed("to-key");
		this.bytes = DistributionSummary.builder("tokens.bytes")
			.baseUnit("bytes")
			.description("How long the issued JWTs are")
			.serviceLevelObjectives(BYTES)
			.register(meters);
		for (Outcome outcome : Outcome.values()) {
			this.times.put(outcome,
					Timer.builder("token.requests")
						.tag("outcome", outcome.label())
						.description("How long calls for tokens took, from when a thread began with them")
						.serviceLevelObjectives(TIMES)
						.register(meters));
		}
		// A counter that begins with its first refusal hides that one from rate().
		for (Reason reason : Reason.values()) {
			this.refused.computeIfAbsent(new RefusedLabels(reason, NONE), this::refusedCounter);
		}
	}

	@Override
	public void issued(String session, KeyName key, Format format, Grant grant, int jwtBytes) {
		counter(this.issued, new IssuedLabels(format, session, key), this::issuedCounter).increment();
		grant.parts().forEach((part) -> rule(part.rule(), ISSUED));
		if (grant.losses().ofWish() != null) {
			this.lostOfWish.increment();
		}
		if (grant.losses().toKey() != null) {
			this.lostToKey.increment();
		}
		if (jwtBytes > 0) {
			this.bytes.record(jwtBytes);
		}
	}

	@Override
	public void refused(Refused why, @Nullable String session) {
		counter(this.refused, new RefusedLabels(why.reason(), Objects.requireNonNullElse(session, NONE)),
				this::refusedCounter)
			.increment();
		String rule = why.rule();
		if (rule != null) {
			rule(rule, REFUSED);
		}
		String limit = why.limit();
		if (limit != null) {
			limited(limit);
		}
	}

	@Override
	public void limited(String limit) {
		counter(this.limits, limit, this::limitCounter).increment();
	}

	@Override
	public void answered(int status, Duration time) {
		Objects.requireNonNull(this.times.get(Outcome.of(status))).record(time);
	}

	/** Forgets all other keys, or rotations would add up for years. */
	void keep(Set<KeyName> keys) {
		this.issued.entrySet().removeIf((known) -> {
			boolean gone = !keys.contains(known.getKey().key());
			if (gone) {
				this.meters.remove(known.getValue());
			}
			return gone;
		});
	}

	/** Looked up by the name as it is, because keeping names few locks. */
	private void rule(String rule, String decision) {
		Counter known = this.rules.get(new RuleLabels(rule, decision));
		if (known == null) {
			known = counter(this.rules, new RuleLabels(this.ruleNames.of(rule), decision), this::ruleCounter);
		}
		known.increment();
	}

	/** Looked up first, because computing locks. */
	private static <K> Counter counter(Map<K, Counter> known, K labels, Function<K, Counter> make) {
		Counter counter = known.get(labels);
		return (counter != null) ? counter : known.computeIfAbsent(labels, make);
	}

	private Counter issuedCounter(IssuedLabels labels) {
		return Counter.builder("tokens.issued")
			.tag("format", labels.format().toString())
			.tag("session", labels.session())
			.tag("key", labels.key().value())
			.description("Tokens that were issued")
			.register(this.meters);
	}

	private Counter refusedCounter(RefusedLabels labels) {
		return Counter.builder("tokens.refused")
			.tag("reason", labels.reason().label())
			.tag("session", labels.session())
			.description("Calls for a token or for a guest that were refused")
			.register(this.meters);
	}

	private Counter ruleCounter(RuleLabels labels) {
		return Counter.builder("tokens.rules")
			.tag("rule", labels.rule())
			.tag("decision", labels.decision())
			.description("Tokens that a rule took part in, and refusals because of a rule")
			.register(this.meters);
	}

	private Counter limitCounter(String limit) {
		return Counter.builder("limits.hit")
			.tag("limit", limit)
			.description("Calls that were refused because of a limit")
			.register(this.meters);
	}

	private Counter narrowed(String lost) {
		return Counter.builder("tokens.narrowed")
			.tag("lost", lost)
			.description("Tokens with less than the client asked for, or less than the policy gives because of the key")
			.register(this.meters);
	}

	private record IssuedLabels(Format format, String session, KeyName key) {

	}

	private record RefusedLabels(Reason reason, String session) {

	}

	private record RuleLabels(String rule, String decision) {

	}

}
