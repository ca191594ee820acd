package dev.ablyauth.cli;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The claims that Ably reads and a TokenRequest does not have. Source: Ably docs,
 * auth/token/jwt, "JWT claims".
 */
final class AblyClaims {

	static final String CAPABILITY = "x-ably-capability";

	static final String TOKEN = "x-ably-token";

	private static final Set<String> KNOWN = Set.of(CAPABILITY, "x-ably-clientId", "x-ably-revocation-key",
			"x-ably-clientType");

	private static final String CHANNEL = "ably.channel.";

	private static final String ROOM = "ably.room.";

	private static final String PUBLISH_LIMIT = "ably.limits.publish.perAttachment.maxRate.";

	private AblyClaims() {
	}

	static void judge(Members header, Members claims) {
		revocationKey(claims);
		clientType(claims);
		resources("channelClaims", "channel claims", CHANNEL, claims);
		resources("roomClaims", "room claims", ROOM, claims);
		resources("publishLimits", "publish limits", PUBLISH_LIMIT, claims);
		misspelt("claim", claims, KNOWN);
		misspelt("header", header, List.of());
	}

	private static void revocationKey(Members claims) {
		String key = claims.line("x-ably-revocation-key");
		if (key != null && key.isEmpty()) {
			claims.report().warn("revocation-key-empty", "x-ably-revocation-key is empty. Leave it out.");
		}
		if (key != null) {
			claims.report().fact("revocationKey", "revocation key", key, Printable.quoted(key));
		}
	}

	private static void clientType(Members claims) {
		String type = claims.text("x-ably-clientType");
		if (type != null && !type.equals("server")) {
			claims.report().warn("client-type", "x-ably-clientType is not \"server\", the only type that Ably knows.");
		}
		if (type != null) {
			claims.report().fact("clientType", "client type", type, Printable.quoted(type));
		}
	}

	/** Claims whose name ends with the resource that they are about. */
	private static void resources(String name, String label, String prefix, Members claims) {
		Map<String, Object> found = new TreeMap<>();
		for (String claim : claims.object().propertyNames()) {
			if (claim.startsWith(prefix)) {
				String resource = claim.substring(prefix.length());
				ResourceCheck.judge(resource, claims.report());
				Object value = prefix.equals(PUBLISH_LIMIT) ? rate(claims, claim) : claims.text(claim);
				if (value != null) {
					found.put(resource, value);
				}
			}
		}
		if (!found.isEmpty()) {
			claims.report()
				.fact(name, label, found, found.entrySet().stream().map(AblyClaims::words).toArray(String[]::new));
		}
	}

	/** Messages a second, on each channel; fractions are allowed. */
	private static @Nullable Object rate(Members claims, String claim) {
		JsonNode value = claims.object().path(claim);
		if (!value.isNumber() || value.asDouble() < 0) {
			claims.report()
				.warn("publish-limit-type", Printable.name(claim) + " must be a number of messages per second.");
			return null;
		}
		return value.numberValue();
	}

	private static String words(Map.Entry<String, Object> claim) {
		String value = (claim.getValue() instanceof String text) ? Printable.quoted(text)
				: claim.getValue() + " messages per second";
		return ResourceWords.of(claim.getKey()) + ": " + value;
	}

	/**
	 * Ably ignores a claim that it does not know, and then the token says something else.
	 */
	private static void misspelt(String place, Members members, Collection<String> known) {
		for (String name : members.object().propertyNames()) {
			boolean isReserved = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "").startsWith("xably");
			boolean isOther = name.startsWith("ably.") && !name.startsWith(CHANNEL) && !name.startsWith(ROOM)
					&& !name.startsWith(PUBLISH_LIMIT);
			if ((isReserved && !known.contains(name)) || isOther) {
				members.report()
					.warn("unknown-" + place, "Ably knows no " + place + " " + Printable.name(name) + " and ignores it."
							+ Spelling.didYouMean(name, KNOWN));
			}
		}
	}

}
