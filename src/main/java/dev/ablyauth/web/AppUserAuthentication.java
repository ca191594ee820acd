package dev.ablyauth.web;

import dev.ablyauth.session.AppUser;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * The user in the terms of Spring Security; goes no further than the door.
 */
final class AppUserAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient AppUser user;

	AppUserAuthentication(AppUser user) {
		super(AuthorityUtils.NO_AUTHORITIES);
		this.user = user;
		super.setAuthenticated(true);
	}

	@Override
	public AppUser getPrincipal() {
		return this.user;
	}

	@Override
	public String getCredentials() {
		return "";
	}

}
