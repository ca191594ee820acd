package dev.ablyauth.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.ablyauth.ably.Operations;
import org.jspecify.annotations.Nullable;

/**
 * Where the policies are, and what they need of the settings.
 *
 * @param location of the policy: {@code file:} and a path; empty if it was not set
 * @param shadow of the policy that is tried beside it, or null
 * @param pseudonymSecret the secret of {@code |pseudonym}, or null
 * @param minTtl the shortest life of a token
 */
public record PolicyFileProperties(String location, @Nullable String shadow, @Nullable String pseudonymSecret,
		Duration minTtl) {

	/**
	 * Finds what is wrong, with the files too.
	 * @param operations the operations that a policy may name
	 * @return one line for each problem, with the property or the line of the file
	 */
	public List<String> problems(Operations operations) {
		List<String> problems = new ArrayList<>();
		try {
			pseudonyms();
		}
		catch (IllegalArgumentException ex) {
			problems.add("ably-auth.pseudonym-secret: " + ex.getMessage());
			return problems;
		}
		if (this.location.isBlank()) {
			problems.add("ably-auth.policy: is missing, expected the policy file, such as file:./policy.yml");
		}
		else {
			problems.addAll(problems("ably-auth.policy", this.location, operations));
		}
		if (this.shadow != null) {
			problems.addAll(problems("ably-auth.shadow-policy", this.shadow, operations));
		}
		return problems;
	}

	private List<String> problems(String name, String file, Operations operations) {
		String text;
		try {
			text = new PolicyFile(file).text();
		}
		catch (InvalidPolicyException ex) {
			return List.of(name + ": the policy " + file + " cannot be read: " + ex.problems().get(0).message());
		}
		try {
			loader(operations).load(text);
			return List.of();
		}
		catch (InvalidPolicyException ex) {
			return ex.problems().stream().map((problem) -> file + ": " + problem).toList();
		}
	}

	private @Nullable Pseudonyms pseudonyms() {
		return (this.pseudonymSecret != null) ? Pseudonyms.by(this.pseudonymSecret) : null;
	}

	PolicyLoader loader(Operations operations) {
		return new PolicyLoader(new PolicyReader(operations), pseudonyms(), this.minTtl);
	}

	/**
	 * Hides the secret.
	 */
	@Override
	public String toString() {
		return "PolicyFileProperties(" + this.location + ")";
	}

}
