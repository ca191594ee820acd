package dev.ablyauth.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Turns the text of a policy file into a policy that this server can use: without errors,
 * with all of its tests passed, and fitting its settings.
 */
final class PolicyLoader {

	private final PolicyReader reader;

	private final @Nullable Pseudonyms pseudonyms;

	private final Duration minTtl;

	/**
	 * Creates a loader.
	 * @param reader reads the text
	 * @param pseudonyms of this server, or null if it has no secret for them
	 * @param minTtl the shortest life of a token
	 */
	PolicyLoader(PolicyReader reader, @Nullable Pseudonyms pseudonyms, Duration minTtl) {
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
	Policy load(String yaml) {
		Policy policy = this.reader.read(yaml, (this.pseudonyms != null) ? this.pseudonyms : Pseudonyms.OF_TESTS);
		PolicyText text = policy.text();
		List<PolicyProblem> problems = new ArrayList<>();
		if (this.pseudonyms == null) {
			text.pseudonyms()
				.forEach((place) -> problems.add(place
					.problem("|pseudonym needs the setting ably-auth.pseudonym-secret, a text of 32 bytes or more")));
		}
		checkTtl(text.place("ttl"), "the policy", text.ttl(), problems);
		text.rules()
			.forEach((rule) -> checkTtl(rule.place(), "the rule " + Quoted.of(rule.name()), rule.ttl(), problems));
		if (!problems.isEmpty()) {
			throw new InvalidPolicyException(problems.stream().sorted().toList());
		}
		return policy;
	}

	private void checkTtl(Place place, String what, @Nullable Duration ttl, List<PolicyProblem> problems) {
		if (ttl != null && ttl.compareTo(this.minTtl) < 0) {
			problems.add(place.problem(what + " has a ttl of " + ttl.toSeconds()
					+ "s, shorter than the setting ably-auth.token.min-ttl, " + this.minTtl.toSeconds() + "s"));
		}
	}

}
