package dev.ablyauth.session;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.util.ClassUtils;

/**
 * The users of an app that uses Spring Security as its reference describes it.
 */
final class SpringSecurityUsers implements AppUsers {

	static final String KIND = "spring-security";

	/** An app without OAuth 2.0 need not have these classes. */
	private static final boolean HAS_JWTS = isPresent("org.springframework.security.oauth2.jwt.Jwt");

	private static final boolean HAS_OAUTH2 = isPresent(
			"org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal");

	private static boolean isPresent(String type) {
		return ClassUtils.isPresent(type, SpringSecurityUsers.class.getClassLoader());
	}

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
		Object principal = authentication.getPrincipal();
		Map<String, Object> claims = Map.of();
		Instant expires = AppUser.NO_END;
		if (HAS_JWTS && principal instanceof Jwt jwt) {
			claims = Claims.plain(jwt.getClaims());
			expires = (jwt.getExpiresAt() != null) ? jwt.getExpiresAt() : AppUser.NO_END;
		}
		else if (HAS_OAUTH2 && principal instanceof OAuth2AuthenticatedPrincipal user) {
			claims = Claims.plain(user.getAttributes());
		}
		return Optional.of(new AppUser(id, roles, claims, new AppUser.Source(KIND, KIND), expires));
	}

}
