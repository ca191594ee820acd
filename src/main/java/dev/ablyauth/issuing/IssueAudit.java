package dev.ablyauth.issuing;

import java.time.Instant;

import dev.ablyauth.ably.AblyJwt;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Fingerprint;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.audit.AuditRecord;
import dev.ablyauth.policy.Format;
import dev.ablyauth.policy.Grant;
import dev.ablyauth.policy.Policy;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what was issued, and has it counted when that was done. A line that is
 * required and cannot be written holds the token back. Nothing else does: what the
 * listener makes of it is no matter of the client.
 */
final class IssueAudit {

	/** A client chooses how much it asks for, and not how long a line is. */
	private static final int MAX_LOST = 500;

	private final AuditLog audit;

	private final DecisionListener listener;

	IssueAudit(AuditLog audit, DecisionListener listener) {
		this.audit = audit;
		this.listener = listener;
	}

	/**
	 * Writes.
	 * @throws Refused if the line is required and cannot be written
	 */
	void write(Policy policy, AppUser user, Decision decision, Instant expires, RequestFacts request) {
		Grant grant = decision.grant();
		boolean mayLeave = this.audit.write(AuditRecord.issued()
			.with("user", user.id())
			.with("session", user.source().kind())
			.with("issuer", user.source().issuer())
			.with("address", request.address())
			.with("rules", grant.rules())
			.with("key", decision.key().name())
			.with("clientId", grant.clientId())
			.with("capability", Fingerprint.of(grant.capability().text()))
			.with("narrowed", grant.losses().any())
			.with("lost", shortened(grant.losses().ofWish()))
			.with("lostToKey", shortened(grant.losses().toKey()))
			.with("format", decision.format())
			.with("expires", expires)
			.with((decision.format() == Format.JWT) ? "jti" : "nonce", decision.id())
			.with("policy", policy.hash()));
		if (!mayLeave) {
			throw new Refused(Reason.UNAVAILABLE, "The audit log cannot be written, and no token leaves without it.");
		}
		AblyJwt jwt = decision.jwt();
		this.listener.issued(user.source().kind(), decision.key().key().name(), decision.format(), grant,
				(jwt != null) ? jwt.bytes() : 0);
	}

	/** A capability in a line, or as much of it as there is room for. */
	static @Nullable String shortened(@Nullable Capability capability) {
		return (capability != null) ? shortened(capability.text()) : null;
	}

	static String shortened(String text) {
		return (text.length() <= MAX_LOST) ? text : text.substring(0, MAX_LOST) + "...";
	}

}
