package dev.ablyauth;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.audit.AuditProperties;
import dev.ablyauth.issuing.EmbeddingProperties;
import dev.ablyauth.issuing.KeyProperties;
import dev.ablyauth.issuing.TokenProperties;
import dev.ablyauth.policy.PolicyFileProperties;
import dev.ablyauth.rest.AblyRestProperties;
import dev.ablyauth.revocation.DenyListProperties;
import dev.ablyauth.session.SessionProperties;
import dev.ablyauth.web.AdminProperties;
import dev.ablyauth.web.LogoutProperties;
import dev.ablyauth.web.RateLimitProperties;
import dev.ablyauth.web.WebProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All settings of this server. Unknown ones are refused at start, and so is what cannot
 * work.
 *
 * @param keys the API keys; the first one signs for newcomers
 * @param policy where the policy file is
 * @param shadowPolicy a policy that is tried beside it and issues nothing, or null
 * @param pseudonymSecret the secret of {@code |pseudonym} in the policy, or null
 * @param token what holds of every token
 * @param embed how tokens are put into a JWT of the app
 * @param sessions how users prove who they are
 * @param web who may call
 * @param admin who may call the admin door
 * @param audit where audit lines go
 * @param rateLimit how often somebody may ask
 * @param ably what is special about Ably
 * @param denyList where it is kept who is denied
 * @param logout what becomes of sessions that have ended
 */
@ConfigurationProperties(prefix = "ably-auth", ignoreUnknownFields = false)
record AuthServerProperties(@DefaultValue List<KeyProperties> keys, @DefaultValue("") String policy,
		@Nullable String shadowPolicy, @Nullable String pseudonymSecret, @DefaultValue TokenProperties token,
		@DefaultValue EmbeddingProperties embed, @DefaultValue SessionProperties sessions,
		@DefaultValue WebProperties web, @DefaultValue AdminProperties admin, @DefaultValue AuditProperties audit,
		@DefaultValue RateLimitProperties rateLimit, @DefaultValue AblyProperties ably,
		@DefaultValue DenyListProperties denyList, @DefaultValue LogoutProperties logout) {

	/** Finds all problems at once, each with its property or line. */
	List<String> problems(RunMode mode) {
		return problems(mode, this.keys);
	}

	/** The same, with keys whose files have been found. */
	List<String> problems(RunMode mode, List<KeyProperties> found) {
		List<String> problems = new ArrayList<>();
		Operations operations;
		try {
			operations = this.ably.operations();
		}
		catch (IllegalArgumentException ex) {
			problems.add("ably-auth.ably.additional-operations: " + ex.getMessage());
			operations = Operations.standard();
		}
		problems
			.addAll(KeyProperties.problems(found, operations, mode == RunMode.DEV_MODE, Clock.systemUTC().instant()));
		problems.addAll(this.token.problems("ably-auth.token"));
		problems.addAll(this.embed.problems("ably-auth.embed"));
		problems.addAll(policyFile().problems(operations));
		problems.addAll(this.web.problems("ably-auth.web"));
		problems.addAll(this.audit.problems("ably-auth.audit"));
		problems.addAll(this.rateLimit.problems("ably-auth.rate-limit"));
		problems.addAll(this.ably.rest().problems("ably-auth.ably"));
		callerProblems(mode, problems);
		problems.addAll(this.denyList.problems("ably-auth.deny-list"));
		return problems;
	}

	/** An app has its own users, and its own doors for admins. */
	private void callerProblems(RunMode mode, List<String> problems) {
		if (mode == RunMode.EMBEDDED) {
			if (!this.sessions.isEmpty() || !this.admin.isOff()) {
				problems
					.add("ably-auth: sessions and admin have no use inside of another app, which signs its users in");
			}
			if (this.logout.hasWebhook()) {
				problems.add("ably-auth.logout: has no use inside of another app, which has no door for it");
			}
			return;
		}
		problems.addAll(this.sessions.problems("ably-auth.sessions"));
		problems.addAll(this.admin.problems("ably-auth.admin"));
		problems.addAll(this.logout.problems("ably-auth.logout"));
		for (int i = 0; i < this.sessions.jwt().size(); i++) {
			if (this.sessions.jwt().get(i).outlives(this.logout.denyFor())) {
				problems.add("ably-auth.logout.deny-for: is shorter than ably-auth.sessions.jwt[" + i
						+ "].max-lifetime, so a session that has ended could come back");
			}
		}
		if ((this.logout.hasWebhook() || this.sessions.hasLogoutTokens()) && this.denyList.url() == null) {
			problems.add("ably-auth.deny-list.url: is missing; there it is kept which sessions have ended");
		}
		if (this.sessions.needsTrustedProxies() && this.web.trustedProxies().isEmpty()) {
			problems
				.add("ably-auth.web.trusted-proxies: is missing; a header with the user's id counts from these alone");
		}
		if (mode == RunMode.DEV_MODE && !this.sessions.onlySampleLogin()) {
			problems
				.add("ably-auth.sessions: the dev mode signs its sample users in by itself, expected no other issuer");
		}
	}

	PolicyFileProperties policyFile() {
		return new PolicyFileProperties(this.policy, this.shadowPolicy, this.pseudonymSecret, this.token.minTtl());
	}

	/**
	 * What is special about Ably.
	 *
	 * @param additionalOperations names of operations that Ably brought after this server
	 * was built
	 * @param restUrl where Ably's REST API is
	 * @param discoverKeyCapability whether Ably is asked what the key may do
	 * @param timeCheck how often Ably is asked for its time
	 * @param clock whose clock counts
	 */
	record AblyProperties(@DefaultValue List<String> additionalOperations,
			@DefaultValue("https://main.realtime.ably.net") URI restUrl,
			@DefaultValue("false") boolean discoverKeyCapability, @DefaultValue("5m") Duration timeCheck,
			@DefaultValue("ably") AblyRestProperties.ClockSource clock) {

		Operations operations() {
			return Operations.standard().with(this.additionalOperations);
		}

		AblyRestProperties rest() {
			return new AblyRestProperties(this.restUrl, this.discoverKeyCapability, this.timeCheck, this.clock);
		}
	}

}
