package dev.ablyauth.web;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.audit.AuditRecord;
import dev.ablyauth.revocation.Denial;
import dev.ablyauth.revocation.RevocationState;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.util.OnCommittedResponseWrapper;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Writes one line per call of the admin door, accepted or refused, just before the answer
 * leaves, when it is known how the call ended.
 */
final class AdminAuditFilter extends OncePerRequestFilter {

	/** The attribute of a request that names the user for whom a token is asked. */
	static final String USER = AdminAuditFilter.class.getName() + ".user";

	/** The attribute of a request that holds the {@code jti} or nonce of the token. */
	static final String TOKEN = AdminAuditFilter.class.getName() + ".token";

	private static final String REVOCATION = AdminAuditFilter.class.getName() + ".revocation";

	private static final String DENIAL = AdminAuditFilter.class.getName() + ".denial";

	private static final Set<String> METHODS = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT",
			"TRACE");

	private final AuditLog audit;

	private final ClientAddresses addresses;

	AdminAuditFilter(AuditLog audit, ClientAddresses addresses) {
		this.audit = audit;
		this.addresses = addresses;
	}

	/** Notes whom a call has denied or allowed again. */
	static void note(HttpServletRequest request, Denial denial) {
		request.setAttribute(DENIAL, denial);
	}

	/** Notes what a call has had revoked. */
	static void note(HttpServletRequest request, RevocationState revocation) {
		request.setAttribute(REVOCATION, revocation);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		AuditedResponse audited = new AuditedResponse(request, response);
		int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
		try {
			chain.doFilter(request, audited);
			status = audited.getStatus();
		}
		finally {
			audited.write(status);
		}
	}

	private void write(HttpServletRequest request, int status) {
		Problem problem = Problem.said(request, status);
		if (problem == null && AdminPaths.isReading(request)) {
			return;
		}
		Object path = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		AuditRecord decision = decision(problem).with("caller", caller())
			.with("method", METHODS.contains(request.getMethod()) ? request.getMethod() : "other")
			.with("path", Objects.requireNonNullElseGet(path, () -> AdminPaths.pattern(request)))
			.with("user", request.getAttribute(USER))
			.with("token", request.getAttribute(TOKEN));
		if (request.getAttribute(DENIAL) instanceof Denial denial) {
			decision.with("denial", denial.id()).with("target", denial.target());
		}
		if (request.getAttribute(REVOCATION) instanceof RevocationState revocation) {
			decision.with("revocation", revocation.id()).with("targets", revocation.targets().size());
		}
		this.audit.write(decision.with("address", this.addresses.of(request)));
	}

	private static AuditRecord decision(@Nullable Problem problem) {
		if (problem == null) {
			return AuditRecord.accepted();
		}
		AuditRecord refused = AuditRecord.refused(problem.reason()).with("message", problem.detail());
		Refused cause = problem.cause();
		return (cause != null) ? refused.with("rule", cause.rule())
			.with("value", cause.value())
			.with("denial", cause.denial())
			.with("limit", cause.limit()) : refused;
	}

	private static @Nullable String caller() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication instanceof AdminAuthentication admin) ? admin.getPrincipal().name() : null;
	}

	/** An answer that is written down before its first byte leaves. */
	private final class AuditedResponse extends OnCommittedResponseWrapper {

		private final HttpServletRequest request;

		private boolean written;

		AuditedResponse(HttpServletRequest request, HttpServletResponse response) {
			super(response);
			this.request = request;
		}

		@Override
		protected void onResponseCommitted() {
			write(getStatus());
		}

		void write(int status) {
			if (!this.written) {
				this.written = true;
				AdminAuditFilter.this.write(this.request, status);
			}
		}

	}

}
