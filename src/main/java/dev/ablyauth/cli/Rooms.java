package dev.ablyauth.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.issuing.KeyProperties;
import dev.ablyauth.issuing.TokenIssuer;
import dev.ablyauth.policy.LintContext;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.policy.PolicyFileProperties;
import dev.ablyauth.rest.AblyRestApi;
import dev.ablyauth.revocation.Denials;
import dev.ablyauth.revocation.Revocations;
import dev.ablyauth.session.Sessions;
import dev.ablyauth.session.SessionProperties;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of the server, with its own settings and without its doors.
 *
 * @param issuer decides, explains and issues
 * @param policy the policy in use
 * @param denials denies, and allows again
 * @param revocations revokes at Ably
 * @param sessions knows whose a token of the app is
 * @param ably asks Ably
 * @param operations what a capability may name
 * @param lint what is known of the server that uses the policy
 * @param keys the settings of the keys
 * @param policyFile where the policy is
 * @param sessionSettings the settings of the sessions
 * @param denyListFile where the deny-list is or ought to be, or null if it is in no file;
 * where there is none, that of these rooms is empty
 * @param ablysTime asks for Ably's time, waits for two seconds at most, and says whether
 * it is known or does not count
 * @param closing ends what was opened
 */
public record Rooms(TokenIssuer issuer, LivePolicy policy, Denials denials, Revocations revocations, Sessions sessions,
		AblyRestApi ably, Operations operations, LintContext lint, List<KeyProperties> keys,
		PolicyFileProperties policyFile, SessionProperties sessionSettings, @Nullable Path denyListFile,
		BooleanSupplier ablysTime, Runnable closing) implements AutoCloseable {

	/** Where the deny-list ought to be, or null if it is there. */
	@Nullable Path missingDenyList() {
		return (this.denyListFile != null && !Files.exists(this.denyListFile)) ? this.denyListFile : null;
	}

	@Override
	public void close() {
		this.closing.run();
	}

	/**
	 * Opens the rooms.
	 */
	@FunctionalInterface
	public interface Opener {

		/**
		 * Opens the rooms.
		 * @param settings more settings, each as {@code name=value}
		 * @return the rooms
		 * @throws UnusableSettingsException if the server would not start with its
		 * settings
		 */
		Rooms open(List<String> settings);

	}

}
