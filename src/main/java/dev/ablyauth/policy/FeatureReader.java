package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.ablyauth.ably.RevocationKey;

/**
 * Reads what a rule says that only an Ably JWT can carry.
 */
final class FeatureReader {

	/** The keys of a rule that are read here. */
	static final List<String> KEYS = List.of("user-claims", "room-claims", "publish-limits", "revocation-key",
			"client-type");

	/** The longest value that a placeholder has. */
	private static final String LONGEST_VALUE = "x".repeat(128);

	private FeatureReader() {
	}

	static FeatureTemplates read(YamlMap rule, boolean leading) {
		TemplateScope scope = TemplateScope.ofRule(leading, null);
		Optional<Segment> key = rule.value("revocation-key", FeatureReader::revocationKey);
		List<FeatureTemplates.Claim> userClaims = claims(rule, "user-claims", scope);
		List<FeatureTemplates.Claim> roomClaims = claims(rule, "room-claims", scope);
		List<FeatureTemplates.Limit> limits = new ArrayList<>();
		rule.map("publish-limits").ifPresent((map) -> map.keys().forEach((name) -> {
			Optional<ResourceTemplate> where = claimScope(map, name, scope);
			map.number(name)
				.ifPresent((rate) -> where.ifPresent((at) -> limits.add(new FeatureTemplates.Limit(at, rate))));
		}));
		Optional<String> type = rule.value("client-type", FeatureReader::clientType);
		return new FeatureTemplates(key.orElse(null), userClaims, roomClaims, limits, type.isPresent());
	}

	private static List<FeatureTemplates.Claim> claims(YamlMap rule, String key, TemplateScope scope) {
		List<FeatureTemplates.Claim> claims = new ArrayList<>();
		rule.map(key).ifPresent((map) -> map.keys().forEach((name) -> {
			Optional<ResourceTemplate> where = claimScope(map, name, scope);
			map.value(name, TextTemplate::parse)
				.ifPresent((value) -> where.ifPresent((at) -> claims.add(new FeatureTemplates.Claim(at, value))));
		}));
		return claims;
	}

	private static Optional<ResourceTemplate> claimScope(YamlMap map, String name, TemplateScope scope) {
		Optional<ResourceTemplate> where = map.key(name, (text) -> claimScope(text, scope));
		where.map(ResourceLint::misspelt)
			.ifPresent((warnings) -> warnings.forEach((warning) -> map.warningOfKey(name, warning)));
		return where;
	}

	/** Source: Ably docs, auth/token/jwt: a channel, {@code ns:*} or {@code *}. */
	private static ResourceTemplate claimScope(String text, TemplateScope scope) {
		ResourceTemplate template = ResourceTemplate.parse(text, scope);
		if (!template.shape().isScope()) {
			throw new IllegalArgumentException(
					"cannot carry a claim or a limit, expected a channel, or a name with * as its last segment");
		}
		return template;
	}

	private static Segment revocationKey(String text) {
		Segment segment = Segment.parseText(text).separated();
		new RevocationKey(segment.before() + ((segment.placeholder() != null) ? LONGEST_VALUE : "") + segment.after());
		return segment;
	}

	private static String clientType(String text) {
		if (!text.equals("server")) {
			throw new IllegalArgumentException(
					"is no client type, expected server" + Nearest.hint(text, List.of("server")));
		}
		return text;
	}

}
