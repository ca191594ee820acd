package dev.ablyauth.issuing;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.audit.AuditRecord;
import dev.ablyauth.policy.Difference;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.policy.Policy;
import dev.ablyauth.policy.PolicyOutcome;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A policy that is tried on real requests and issues nothing: counts who would get more
 * and who less, and writes it into the audit log.
 */
public final class ShadowPolicy {

	private static final Logger LOGGER = LoggerFactory.getLogger(ShadowPolicy.class);

	private final @Nullable LivePolicy shadow;

	private final AuditLog audit;

	private final Map<Difference.Kind, LongAdder> counts = new EnumMap<>(Difference.Kind.class);

	/**
	 * Creates one.
	 * @param shadow the policy that is tried, or null if there is none
	 */
	ShadowPolicy(@Nullable LivePolicy shadow, AuditLog audit) {
		this.shadow = shadow;
		this.audit = audit;
		for (Difference.Kind kind : Difference.Kind.values()) {
			this.counts.put(kind, new LongAdder());
		}
	}

	/**
	 * Tries it beside what the policy in use says; nothing that it does can fail a
	 * request.
	 */
	void tryBeside(PolicyOutcome live, Policy policy, AppUser user, Wish wish, RequestFacts request) {
		if (this.shadow == null) {
			return;
		}
		try {
			Policy tried = this.shadow.current();
			Difference difference = live.to(PolicyOutcome.of(tried, user, wish, request));
			Objects.requireNonNull(this.counts.get(difference.kind())).increment();
			if (difference.kind() != Difference.Kind.SAME) {
				this.audit.write(AuditRecord.shadow(difference.kind().name().toLowerCase(Locale.ROOT))
					.with("user", user.id())
					.with("more", IssueAudit.shortened(difference.more()))
					.with("less", IssueAudit.shortened(difference.less()))
					.with("message", difference.note().isEmpty() ? null : IssueAudit.shortened(difference.note()))
					.with("policy", policy.hash())
					.with("shadow", tried.hash()));
			}
		}
		catch (RuntimeException ex) {
			LOGGER.error("The shadow policy failed", ex);
		}
	}

	/**
	 * Counts the requests that were tried.
	 * @param kind of which difference
	 * @return since the start
	 */
	public long count(Difference.Kind kind) {
		return Objects.requireNonNull(this.counts.get(kind)).sum();
	}

}
