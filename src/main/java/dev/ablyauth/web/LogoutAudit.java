package dev.ablyauth.web;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.audit.AuditRecord;
import dev.ablyauth.revocation.Denial;
import dev.ablyauth.revocation.Progress;
import dev.ablyauth.revocation.RevocationState;
import dev.ablyauth.revocation.Revocations;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line for each message that should end a session. Only requests to the two
 * paths come here, so the path holds nothing that the caller made up.
 */
final class LogoutAudit {

	private final AuditLog audit;

	private final ClientAddresses addresses;

	LogoutAudit(AuditLog audit, ClientAddresses addresses) {
		this.audit = audit;
		this.addresses = addresses;
	}

	void ended(HttpServletRequest request, Revocations.Denied denied, @Nullable String userId) {
		Denial denial = denied.denial();
		RevocationState revocation = denied.revocation();
		this.audit.write(AuditRecord.accepted()
			.with("caller", denial.author())
			.with("path", request.getServletPath())
			.with("user", userId)
			.with("denial", denial.id())
			.with("target", denial.target())
			.with("revocation", (revocation != null && isOfUse(revocation)) ? revocation.id() : "none")
			.with("address", this.addresses.of(request)));
	}

	private static boolean isOfUse(RevocationState revocation) {
		return revocation.targets()
			.stream()
			.anyMatch((target) -> !(target.progress() instanceof Progress.NothingToRevoke)
					&& !(target.progress() instanceof Progress.NotRevoked));
	}

	void refused(HttpServletRequest request, Refused refused) {
		this.audit.write(AuditRecord.refused(refused.reason().label())
			.with("message", refused.getMessage())
			.with("path", request.getServletPath())
			.with("address", this.addresses.of(request)));
	}

}
