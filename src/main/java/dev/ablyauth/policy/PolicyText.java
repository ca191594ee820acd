package dev.ablyauth.policy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a policy file says, compiled, with nothing in it of the place where it is used.
 *
 * @param hash the beginning of the SHA-256 of the file
 * @param clientId who a user is to Ably
 * @param ttl the longest life of a token
 * @param envelope the outermost that anybody may have
 * @param rules in the order of the file
 * @param tests what the author expects
 * @param warnings what was seen while reading that is no error
 */
record PolicyText(String hash, ClientIdTemplate clientId, Duration ttl, Envelope envelope, List<Rule> rules,
		List<PolicyTest> tests, List<PolicyProblem> warnings) {

	boolean usesPseudonyms() {
		return placeholders().anyMatch((placeholder) -> placeholder.filter() == Placeholder.Filter.PSEUDONYM);
	}

	/** All placeholders, of the clientId, the envelope and the rules. */
	Stream<Placeholder> placeholders() {
		return Stream
			.of(Stream.of(this.clientId.placeholder()),
					this.envelope.lines().stream().flatMap(ResourceTemplate::placeholders),
					this.rules.stream().flatMap(Rule::placeholders))
			.flatMap((all) -> all);
	}

}
