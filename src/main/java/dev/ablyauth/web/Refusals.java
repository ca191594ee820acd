package dev.ablyauth.web;

import java.io.IOException;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.audit.AuditRecord;
import dev.ablyauth.issuing.DecisionListener;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.session.AppUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The one place that says no: writes it down, has it counted, then says it aloud.
 */
final class Refusals {

	private final AuditLog audit;

	private final ClientAddresses addresses;

	private final LivePolicy policy;

	private final DecisionListener listener;

	Refusals(AuditLog audit, ClientAddresses addresses, LivePolicy policy, DecisionListener listener) {
		this.audit = audit;
		this.policy = policy;
		this.addresses = addresses;
		this.listener = listener;
	}

	void refuse(HttpServletRequest request, HttpServletResponse response, @Nullable AppUser user, Refused refused)
			throws IOException {
		AuditRecord decision = AuditRecord.refused(refused.reason().label())
			.with("message", refused.getMessage())
			.with("address", this.addresses.of(request));
		if (user != null) {
			decision.with("user", user.id())
				.with("session", user.source().kind())
				.with("issuer", user.source().issuer());
		}
		else {
			decision.with("session", refused.session());
		}
		this.audit.write(decision.with("rule", refused.rule())
			.with("value", refused.value())
			.with("denial", refused.denial())
			.with("limit", refused.limit())
			.with("policy", this.policy.current().hash()));
		this.listener.refused(refused, (user != null) ? user.source().kind() : refused.session());
		RefusalWriter.write(response, refused);
	}

}
