package dev.ablyauth.session;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/**
 * Takes the principal out of a security context that was read from Java serialization.
 */
final class JavaPrincipals {

	private JavaPrincipals() {
	}

	/**
	 * Takes the principal.
	 * @return empty if nobody is signed in
	 * @throws SessionStoreException if that cannot be told
	 */
	static Optional<SpringPrincipal> of(@Nullable Object value) throws SessionStoreException {
		if (!(value instanceof SecurityContext context)) {
			throw new SessionStoreException("holds a session whose security context is none");
		}
		Authentication authentication = context.getAuthentication();
		if (authentication == null || !authentication.isAuthenticated()
				|| authentication instanceof AnonymousAuthenticationToken) {
			return Optional.empty();
		}
		List<String> authorities = authentication.getAuthorities().stream().map(JavaPrincipals::text).toList();
		Object principal = authentication.getPrincipal();
		return Optional.of(new SpringPrincipal(name(principal), authorities, attributes(principal)));
	}

	private static String text(GrantedAuthority authority) {
		String text = authority.getAuthority();
		if (text == null) {
			throw new IllegalArgumentException("an authority without a text");
		}
		return text;
	}

	/**
	 * As {@code AbstractAuthenticationToken.getName()}, but for objects that say nothing.
	 */
	private static String name(@Nullable Object principal) throws SessionStoreException {
		if (principal instanceof UserDetails user) {
			return user.getUsername();
		}
		if (principal instanceof AuthenticatedPrincipal user) {
			return user.getName();
		}
		if (principal instanceof Principal user) {
			return user.getName();
		}
		if (principal instanceof String || principal instanceof Long || principal instanceof Integer
				|| principal instanceof UUID) {
			return principal.toString();
		}
		throw SessionStoreException.ofClass((principal != null) ? principal.getClass().getName() : "null");
	}

	private static Map<String, Object> attributes(@Nullable Object principal) {
		return (principal instanceof OAuth2AuthenticatedPrincipal user) ? AttributeClaims.of(user.getAttributes())
				: Map.of();
	}

}
