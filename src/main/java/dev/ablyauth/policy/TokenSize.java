package dev.ablyauth.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.ablyauth.ably.Refused;

/**
 * Estimates how long the JWT of a test's user would be.
 */
final class TokenSize {

	/** Header, times, id, names of claims and signature, before they are encoded. */
	private static final int FRAME = 260;

	private TokenSize() {
	}

	static List<PolicyProblem> warnings(PolicyText text, int maxBytes) {
		Policy policy = new Policy(text, Pseudonyms.OF_TESTS);
		return text.tests().stream().flatMap((test) -> warning(policy, test, maxBytes).stream()).toList();
	}

	private static Optional<PolicyProblem> warning(Policy policy, PolicyTest test, int maxBytes) {
		try {
			Grant grant = policy.grant(test.user(), Wish.NONE, test.request());
			int bytes = bytes(grant);
			return (bytes <= maxBytes || (grant.format() != null && grant.format() != Format.JWT)) ? Optional.empty()
					: Optional.of(test.place()
						.problem("the JWT of the user in the test \"" + test.name() + "\" would have about " + bytes
								+ " bytes, and " + maxBytes + " are allowed; most of it is of the rule \""
								+ grant.largestRule() + "\""));
		}
		catch (Refused ex) {
			return Optional.empty();
		}
	}

	/** Base64url makes four characters of three; quotes in the capability are escaped. */
	private static int bytes(Grant grant) {
		String capability = grant.capability().text();
		long escaped = capability.chars().filter((c) -> c == '"' || c == '\\').count();
		int claims = Stream
			.of(grant.features().channelClaims(), grant.features().roomClaims(), grant.features().publishLimits())
			.mapToInt((map) -> map.toString().length() + 50 * map.size())
			.sum();
		return (int) ((capability.length() + escaped + grant.clientId().value().length() + claims + FRAME) * 4 / 3);
	}

}
