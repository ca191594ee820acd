package dev.ablyauth.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * What the author of a policy expects for one user. It sees the policy alone, without key
 * and wish.
 *
 * @param name how it is called
 * @param place where it stands in the file
 * @param user who asks
 * @param request from where
 * @param can resources of which the grant must cover all
 * @param cannot resources of which it must not cover all
 * @param clientId who the user must be to Ably, or null
 * @param refused whether the user must be refused, or null if nothing is said about it
 */
record PolicyTest(String name, Place place, AppUser user, RequestFacts request, Map<Resource, OperationSet> can,
		Map<Resource, OperationSet> cannot, @Nullable String clientId, @Nullable Boolean refused) {

	/** The time of a test that names none, so that it gives the same result tomorrow. */
	static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	/**
	 * Runs the test on a policy with the pseudonyms of tests; empty if all is as
	 * expected.
	 */
	Optional<PolicyProblem> run(Policy policy) {
		List<String> failures = failures(policy);
		return failures.isEmpty() ? Optional.empty() : Optional
			.of(this.place.problem("the test \"" + this.name + "\" fails: " + String.join("; ", failures)));
	}

	private List<String> failures(Policy policy) {
		Grant grant;
		try {
			grant = policy.grant(this.user, Wish.NONE, this.request);
		}
		catch (Refused ex) {
			boolean expected = Boolean.TRUE.equals(this.refused)
					|| (this.refused == null && this.can.isEmpty() && this.clientId == null);
			return expected ? List.of() : List.of("refused: " + ex.getMessage());
		}
		List<String> failures = new ArrayList<>();
		if (Boolean.TRUE.equals(this.refused)) {
			failures.add("granted by " + grant.rules() + ", expected to be refused");
		}
		compare(grant, failures);
		return failures;
	}

	private void compare(Grant grant, List<String> failures) {
		if (this.clientId != null && !this.clientId.equals(grant.clientId().value())) {
			failures.add("the clientId is \"" + grant.clientId() + "\", expected \"" + this.clientId + "\"");
		}
		this.can.forEach((resource, operations) -> {
			OperationSet allowed = grant.capability().operationsOn(resource);
			if (!allowed.covers(operations)) {
				failures.add(resource + " can " + allowed + ", expected " + operations);
			}
		});
		this.cannot.forEach((resource, operations) -> operations.singles()
			.stream()
			.filter((operation) -> grant.capability().operationsOn(resource).covers(operation))
			.forEach((operation) -> failures.add(resource + " can " + operation + " by the rule "
					+ grant.rulesFor(resource, operation) + ", expected not")));
	}

}
