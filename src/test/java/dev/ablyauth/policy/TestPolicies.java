package dev.ablyauth.policy;

import java.nio.file.Path;
import java.time.Duration;

import dev.ablyauth.ably.Operations;

/**
 * Policies for tests.
 */
public final class TestPolicies {

	/** The secret of pseudonyms. */
	public static final String PSEUDONYM_SECRET = "canary-pseudonym-secret-of-more-than-32-bytes";

	private TestPolicies() {
	}

	/**
	 * Reads a policy.
	 * @param yaml the text of the file
	 * @return the policy
	 */
	public static Policy read(String yaml) {
		return loader().load(yaml);
	}

	static PolicyLoader loader() {
		return new PolicyLoader(new PolicyReader(Operations.standard()), Pseudonyms.by(PSEUDONYM_SECRET),
				Duration.ofSeconds(60));
	}

	/**
	 * Makes a policy that is in use.
	 * @param yaml the text of the file
	 * @return the policy
	 */
	public static LivePolicy live(String yaml) {
		return new LivePolicy(new PolicyFile("there-is-no-such-file"), loader(), LintContext.DEFAULTS, "", read(yaml));
	}

	/**
	 * Makes a policy that follows a file.
	 * @param file the policy file
	 * @return the policy
	 */
	public static LivePolicy of(Path file) {
		return LivePolicy.of(new PolicyFile(file.toString()), loader(), LintContext.DEFAULTS);
	}

	/**
	 * Looks whether the file has changed, as often as it takes.
	 * @param policy follows a file
	 */
	public static void lookTwice(LivePolicy policy) {
		policy.look();
		policy.look();
	}

}
