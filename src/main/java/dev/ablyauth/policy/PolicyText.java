package dev.ablyauth.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a policy file says, compiled, with nothing in it of the place where it is used.
 *
 * @param hash the beginning of the SHA-256 of the file
 * @param clientId who a user is to Ably
 * @param ttl the longest life of a token
 * @param envelope the outermost that anybody may have
 * @param rules in the order of the file
 * @param tests what the author expects
 * @param places where the keys of the file stand that may not fit a server
 * @param warnings what was seen while reading that is no error
 */
record PolicyText(String hash, ClientIdTemplate clientId, Duration ttl, Envelope envelope, List<Rule> rules,
		List<PolicyTest> tests, Map<String, Place> places, List<PolicyProblem> warnings) {

	/** Where a key of the file stands. */
	Place place(String key) {
		return this.places.getOrDefault(key, Place.START);
	}

	/** Where {@code |pseudonym} is used: the key of the file, or the name of the rule. */
	List<Place> pseudonyms() {
		List<Place> places = new ArrayList<>();
		if (this.clientId.placeholder().isPseudonym()) {
			places.add(place("client-id"));
		}
		if (this.envelope.lines().stream().flatMap(ResourceTemplate::placeholders).anyMatch(Placeholder::isPseudonym)) {
			places.add(place("envelope"));
		}
		this.rules.stream()
			.filter((rule) -> rule.placeholders().anyMatch(Placeholder::isPseudonym))
			.map(Rule::place)
			.forEach(places::add);
		return places;
	}

}
