package dev.ablyauth.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Takes the principal out of a security context that was written as JSON. It is read as
 * plain JSON: the classes it names are never looked for, so an app's own principal is no
 * risk.
 */
final class JsonPrincipals {

	/** Of an app's own principal: what is no attribute of a person. */
	private static final Set<String> NO_ATTRIBUTES = Set.of("password", "authorities");

	private JsonPrincipals() {
	}

	/**
	 * Takes the principal.
	 * @return empty if nobody is signed in
	 * @throws SessionStoreException if that cannot be told
	 */
	static Optional<SpringPrincipal> of(@Nullable Object json) throws SessionStoreException {
		if (!(json instanceof Map<?, ?> context) || !context.containsKey("authentication")) {
			throw new SessionStoreException("holds a session whose security context is none");
		}
		TypedJson authentication = TypedJson.of(context).member("authentication");
		if (!isSignedIn(authentication)) {
			return Optional.empty();
		}
		List<String> authorities = authentication.member("authorities")
			.items()
			.stream()
			.map(JsonPrincipals::authority)
			.toList();
		return Optional.of(principal(authentication.member("principal"), authorities));
	}

	/** The OAuth2 token alone does not say it: it is made for signed-in users only. */
	private static boolean isSignedIn(TypedJson authentication) {
		Object said = authentication.member("authenticated").value();
		return !authentication.isOf("AnonymousAuthenticationToken")
				&& (Boolean.TRUE.equals(said) || (said == null && authentication.isOf("OAuth2AuthenticationToken")));
	}

	private static String authority(TypedJson authority) {
		return Stream.of(authority.value(), authority.member("authority").value(), authority.member("role").value())
			.filter(String.class::isInstance)
			.map(String.class::cast)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("an authority without a text"));
	}

	private static SpringPrincipal principal(TypedJson principal, List<String> authorities)
			throws SessionStoreException {
		Object value = principal.value();
		if (value instanceof String || value instanceof Integer || value instanceof Long) {
			return new SpringPrincipal(value.toString(), authorities, Map.of());
		}
		Object nameAttribute = principal.member("nameAttributeKey").value();
		if (nameAttribute instanceof String key) {
			Map<String, Object> attributes = oauthAttributes(principal);
			return new SpringPrincipal(name(attributes.get(key), principal), authorities, attributes);
		}
		String name = name(principal.member("username").value(), principal);
		return new SpringPrincipal(name, authorities, ownAttributes(principal));
	}

	/** OpenID Connect: the claims of the ID token win over those of the user info. */
	private static Map<String, Object> oauthAttributes(TypedJson principal) {
		Map<Object, @Nullable Object> attributes = new HashMap<>();
		attributes.putAll(object(principal.member("attributes")));
		attributes.putAll(object(principal.member("userInfo").member("claims")));
		attributes.putAll(object(principal.member("idToken").member("claims")));
		return Claims.plain(attributes);
	}

	/** Spring Security's own user has none; an app's own principal may have some. */
	private static Map<String, Object> ownAttributes(TypedJson principal) {
		if (principal.isOf("userdetails.User")) {
			return Map.of();
		}
		Map<Object, @Nullable Object> attributes = new HashMap<>(object(principal));
		attributes.keySet().removeAll(NO_ATTRIBUTES);
		return Claims.plain(attributes);
	}

	@SuppressWarnings("unchecked") // the plain form of an object
	private static Map<Object, @Nullable Object> object(TypedJson json) {
		return (json.plain() instanceof Map<?, ?> object) ? (Map<Object, @Nullable Object>) object : Map.of();
	}

	private static String name(@Nullable Object name, TypedJson principal) throws SessionStoreException {
		if (name instanceof String || name instanceof Integer || name instanceof Long) {
			return name.toString();
		}
		throw SessionStoreException.ofClass((principal.type() != null) ? principal.type() : "(none)");
	}

}
