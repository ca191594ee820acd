package dev.ablyauth.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.JwtFeatures;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * How a decision came about, for people. Plain values, ready to be written as JSON.
 *
 * @param granted whether there is a token
 * @param reason why not, as in audit lines, or null
 * @param message why not, in a sentence, or null
 * @param rules what became of each rule
 * @param given what the user gets, or null
 * @param token what it becomes, or null
 * @param policy the version of the policy
 */
public record Explanation(boolean granted, @Nullable String reason, @Nullable String message, List<RuleVerdict> rules,
		@Nullable Given given, @Nullable Token token, String policy) {

	/**
	 * Explains what a policy alone says.
	 * @param policy who decides
	 * @param user who would ask
	 * @param wish what the client would ask for
	 * @param request what would be known of the request
	 * @return the explanation, without key and token
	 */
	public static Explanation of(Policy policy, AppUser user, Wish wish, RequestFacts request) {
		List<RuleVerdict> rules = policy.verdicts(user, request);
		try {
			return granted(rules, policy.grant(user, wish, request), null, policy.hash());
		}
		catch (Refused refused) {
			return refused(rules, refused, policy.hash());
		}
	}

	/**
	 * Explains a grant.
	 * @param rules what became of each rule
	 * @param grant what is left after wish and key
	 * @param token what it becomes, or null if that was not asked
	 * @param policy the version of the policy
	 * @return the explanation
	 */
	public static Explanation granted(List<RuleVerdict> rules, Grant grant, @Nullable Token token, String policy) {
		return new Explanation(true, null, null, rules, Given.of(grant), token, policy);
	}

	/**
	 * Explains a refusal.
	 * @param rules what became of each rule
	 * @param refused why there is no token
	 * @param policy the version of the policy
	 * @return the explanation
	 */
	public static Explanation refused(List<RuleVerdict> rules, Refused refused, String policy) {
		String value = (refused.value() != null) ? " The value is \"" + refused.value() + "\"." : "";
		String denial = (refused.denial() != null) ? " The denial is " + refused.denial() + "." : "";
		return new Explanation(false, refused.reason().label(), refused.getMessage() + value + denial, rules, null,
				null, policy);
	}

	/**
	 * What a user gets.
	 *
	 * @param clientId who the user is to Ably
	 * @param capability each resource and operation, and the rules that give it
	 * @param lost what was asked for and is not given, or null
	 * @param lostToKey what the policy gives and the key does not allow, or null
	 * @param longestSeconds how long policy, rules and wish let it live
	 * @param longestSetBy which of them
	 * @param format what the rules want it to be, or null
	 * @param features what only a JWT can carry
	 */
	public record Given(String clientId, List<Entry> capability, @Nullable Map<String, List<String>> lost,
			@Nullable Map<String, List<String>> lostToKey, long longestSeconds, String longestSetBy,
			@Nullable String format, Features features) {

		private static Given of(Grant grant) {
			List<Entry> entries = grant.capability()
				.entries()
				.entrySet()
				.stream()
				.flatMap((entry) -> entry.getValue()
					.singles()
					.stream()
					.map((operation) -> new Entry(entry.getKey().toString(), operation.names().get(0),
							grant.rulesFor(entry.getKey(), operation))))
				.toList();
			Format format = grant.format();
			return new Given(grant.clientId().value(), entries, plain(grant.losses().ofWish()),
					plain(grant.losses().toKey()), grant.lifetime().duration().toSeconds(), grant.lifetime().setBy(),
					(format != null) ? format.toString() : null, Features.of(grant.features()));
		}

		private static @Nullable Map<String, List<String>> plain(@Nullable Capability capability) {
			if (capability == null) {
				return null;
			}
			Map<String, List<String>> plain = new TreeMap<>();
			capability.entries().forEach((resource, operations) -> plain.put(resource.toString(), operations.names()));
			return plain;
		}

	}

	/**
	 * One operation on one resource.
	 *
	 * @param resource where
	 * @param operation what
	 * @param rules who gives it
	 */
	public record Entry(String resource, String operation, List<String> rules) {
	}

	/**
	 * What only a JWT can carry.
	 *
	 * @param revocationKey or null
	 * @param userClaims by channel
	 * @param roomClaims by room
	 * @param publishLimits messages a second, by channel
	 * @param server whether the client is a server
	 */
	public record Features(@Nullable String revocationKey, Map<String, String> userClaims,
			Map<String, String> roomClaims, Map<String, BigDecimal> publishLimits, boolean server) {

		private static Features of(JwtFeatures features) {
			return new Features((features.revocationKey() != null) ? features.revocationKey().value() : null,
					plain(features.channelClaims()), plain(features.roomClaims()), plain(features.publishLimits()),
					features.server());
		}

		private static <T> Map<String, T> plain(SortedMap<Resource, T> map) {
			Map<String, T> plain = new TreeMap<>();
			map.forEach((resource, value) -> plain.put(resource.toString(), value));
			return plain;
		}

	}

	/**
	 * What a grant becomes.
	 *
	 * @param format what it is issued as
	 * @param bytes how long a JWT is, or null
	 * @param lifetimeSeconds how long it lives, before the spread
	 * @param lifetimeSetBy what limits it
	 * @param key the name of the key that signs
	 */
	public record Token(String format, @Nullable Integer bytes, long lifetimeSeconds, String lifetimeSetBy,
			String key) {
	}

}
