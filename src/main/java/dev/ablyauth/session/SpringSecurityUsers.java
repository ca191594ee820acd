package dev.ablyauth.session;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.AbstractOAuth2Token;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/**
 * The users of an app that uses Spring Security as its reference describes it.
 */
final class SpringSecurityUsers implements AppUsers {

	static final String KIND = "spring-security";

	@Override
	public Optional<AppUser> of(Authentication authentication) {
		String id = authentication.getName();
		if (id == null || id.isEmpty()) {
			return Optional.empty();
		}
		List<String> roles = authentication.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.filter(Objects::nonNull)
			.toList();
		Map<String, Object> claims = AttributeClaims.of(attributes(authentication.getPrincipal()));
		return Optional.of(new AppUser(id, roles, claims, new AppUser.Source(KIND, KIND), end(authentication)));
	}

	private static Map<?, ?> attributes(@Nullable Object principal) {
		if (principal instanceof OAuth2AuthenticatedPrincipal user) {
			return user.getAttributes();
		}
		return (principal instanceof ClaimAccessor jwt) ? jwt.getClaims() : Map.of();
	}

	/** A bearer of the app, JWT or opaque, is what the user's session ends with. */
	private static Instant end(Authentication authentication) {
		return (authentication.getCredentials() instanceof AbstractOAuth2Token token && token.getExpiresAt() != null)
				? token.getExpiresAt() : AppUser.NO_END;
	}

}
