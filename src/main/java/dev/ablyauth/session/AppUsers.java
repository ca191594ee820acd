package dev.ablyauth.session;

import java.util.Optional;

import org.springframework.security.core.Authentication;

/**
 * Tells which user of the app somebody is whom Spring Security has signed in. For apps in
 * which the rooms are embedded; one that needs other ids, roles or claims makes a bean of
 * this type.
 */
@FunctionalInterface
public interface AppUsers {

	/**
	 * Finds the user.
	 * @param authentication what the security context of the app holds, authenticated and
	 * not anonymous
	 * @return the user, or empty if this is nobody who may have tokens
	 */
	Optional<AppUser> of(Authentication authentication);

	/**
	 * Takes the name as id, the authorities as roles, and the claims of a JWT or the
	 * attributes of an OAuth 2.0 or OpenID Connect user as claims.
	 * @return the usual way
	 */
	static AppUsers ofSpringSecurity() {
		return new SpringSecurityUsers();
	}

}
