package dev.ablyauth.session;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One provider that tells whose opaque token it is, as the settings name it.
 *
 * @param uri its introspection endpoint
 * @param clientId who this server is to it
 * @param clientSecret its password there
 * @param userId claim path of the user's id in the answer
 * @param roles claim path of the user's roles
 * @param userIdPrefix put before every user id of this provider
 * @param sameUsers whether the same id from another source is the same person
 * @param audiences one of these must be in {@code aud}, if there are any
 * @param requiredClaims claim path to accepted values; one of them must be there for each
 * @param cache how long an answer is used again
 * @param allowHttp whether the uri may be http to another machine
 */
public record IntrospectionProperties(@Nullable URI uri, @DefaultValue("") String clientId,
		@DefaultValue("") String clientSecret, @DefaultValue("sub") String userId, @DefaultValue("roles") String roles,
		@DefaultValue("") String userIdPrefix, @DefaultValue("false") boolean sameUsers,
		@DefaultValue List<String> audiences, @DefaultValue Map<String, List<String>> requiredClaims,
		@DefaultValue("30s") Duration cache, @DefaultValue("false") boolean allowHttp) implements UserSource {

	private static final Duration LONGEST_CACHE = Duration.ofMinutes(5);

	@Override
	public List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		ServiceAddress.problem(this.uri, this.allowHttp)
			.ifPresent((problem) -> problems.add(name + ".uri: " + problem));
		if (this.clientId.isBlank()) {
			problems.add(name + ".client-id: is missing");
		}
		if (this.clientSecret.isBlank()) {
			problems.add(name + ".client-secret: is missing; a provider answers nobody whom it does not know");
		}
		if (this.userId.isBlank()) {
			problems.add(name + ".user-id: must not be empty");
		}
		if (this.roles.isBlank()) {
			problems.add(name + ".roles: must not be empty");
		}
		if (this.requiredClaims.keySet().stream().anyMatch(String::isBlank)) {
			problems.add(name + ".required-claims: a name must not be empty");
		}
		if (this.cache.isNegative() || this.cache.compareTo(LONGEST_CACHE) > 0) {
			problems.add(name + ".cache: must be from 0s to 5m");
		}
		return problems;
	}

	/** Tells whether any token of the provider is good, whatever app it was issued to. */
	boolean takesTokensForOthers() {
		return this.audiences.isEmpty() && this.requiredClaims.isEmpty();
	}

	/**
	 * Hides the secret.
	 */
	@Override
	public String toString() {
		return "IntrospectionProperties(" + this.uri + ")";
	}

}
