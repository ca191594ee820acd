package dev.ablyauth.ops.meters;

import java.time.Duration;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is counted of decisions, and that labels do not become many.
 */
class DecisionMetersTests {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final DecisionMeters decisions = new DecisionMeters(this.meters);

	@Test
	void refusedThenByReasonAndSession() {
		this.decisions.refused(new Refused(Reason.INVALID_SESSION, "x"), "jwt");
		this.decisions.refused(new Refused(Reason.INVALID_SESSION, "x"), "jwt");
		this.decisions.refused(new Refused(Reason.NO_SESSION, "x"), null);
		assertThat(refused("invalid-session", "jwt")).isEqualTo(2);
		assertThat(refused("no-session", "none")).isEqualTo(1);
	}

	@Test
	void startThenEachReasonBeginsWithNone() {
		for (Reason reason : Reason.values()) {
			assertThat(refused(reason.label(), "none")).isZero();
		}
	}

	@Test
	void refusedWhenALimitWasReachedThenThatToo() {
		this.decisions.refused(new Refused(Reason.RATE_LIMITED, "x").by("user"), "jwt");
		this.decisions.limited("admin");
		assertThat(this.meters.get("limits.hit").tag("limit", "user").counter().count()).isEqualTo(1);
		assertThat(this.meters.get("limits.hit").tag("limit", "admin").counter().count()).isEqualTo(1);
		assertThat(refused("rate-limited", "jwt")).isEqualTo(1);
	}

	/** A policy that is generated could name its rules anew in each version. */
	@Test
	void rulesWhenThereAreMoreAndMoreThenTheRestIsOther() {
		int more = 50;
		for (int round = 0; round < 2; round++) {
			for (int i = 0; i < DecisionMeters.MOST_RULES + more; i++) {
				this.decisions.refused(new Refused(Reason.DENIED_BY_RULE, "x", "rule " + i), "jwt");
			}
		}
		assertThat(this.meters.get("tokens.rules").counters()).hasSize(DecisionMeters.MOST_RULES + 1);
		assertThat(rule("rule 0")).isEqualTo(2);
		assertThat(rule(FewNames.OTHER)).isEqualTo(2.0 * more);
	}

	@ParameterizedTest
	@CsvSource({ "200, issued", "400, refused", "401, refused", "403, refused", "405, refused", "413, refused",
			"500, unavailable", "503, unavailable" })
	void answeredThenByOutcome(int status, String outcome) {
		this.decisions.answered(status, Duration.ofMillis(3));
		assertThat(this.meters.get("token.requests").tag("outcome", outcome).timer().count()).isEqualTo(1);
		assertThat(this.meters.get("token.requests").timers()).hasSize(3);
	}

	private double refused(String reason, String session) {
		Counter counter = this.meters.get("tokens.refused").tag("reason", reason).tag("session", session).counter();
		return counter.count();
	}

	private double rule(String rule) {
		return this.meters.get("tokens.rules").tag("rule", rule).tag("decision", "refused").counter().count();
	}

}
