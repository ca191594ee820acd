package dev.ablyauth.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Turns the text of a policy file into a policy that this server can use: without errors,
 * with all of its tests passed, and fitting its settings.
 */
public final class PolicyLoader {

	private final PolicyReader reader;

	private final @Nullable Pseudonyms pseudonyms;

	private final Duration minTtl;

	/**
	 * Creates a loader.
	 * @param reader reads the text
	 * @param pseudonyms of this server, or null if it has no secret for them
	 * @param minTtl the shortest life of a token
	 */
	public PolicyLoader(PolicyReader reader, @Nullable Pseudonyms pseudonyms, Duration minTtl) {
		this.reader = reader;
		this.pseudonyms = pseudonyms;
		this.minTtl = minTtl;
	}

	/**
	 * Loads a policy.
	 * @param yaml the text of the file
	 * @return the policy
	 * @throws InvalidPolicyException if this server cannot use it
	 */
	public Policy load(String yaml) {
		Policy policy = this.reader.read(yaml, (this.pseudonyms != null) ? this.pseudonyms : Pseudonyms.OF_TESTS);
		List<PolicyProblem> problems = new ArrayList<>();
		if (this.pseudonyms == null && policy.text().usesPseudonyms()) {
			problems.add(new Place(1, 1)
				.problem("|pseudonym needs the setting ably-auth.pseudonym-secret, a text of 32 bytes or more"));
		}
		if (policy.shortestTtl().compareTo(this.minTtl) < 0) {
			problems.add(new Place(1, 1)
				.problem("a ttl is shorter than ably-auth.token.min-ttl, " + this.minTtl.toSeconds() + "s"));
		}
		if (!problems.isEmpty()) {
			throw new InvalidPolicyException(problems);
		}
		return policy;
	}

}
