package dev.ablyauth.web;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * The admin caller in the terms of Spring Security; each scope is an authority.
 */
final class AdminAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient AdminCaller caller;

	AdminAuthentication(AdminCaller caller) {
		super(AuthorityUtils
			.createAuthorityList(caller.scopes().stream().map(AdminScope::authority).toArray(String[]::new)));
		this.caller = caller;
		super.setAuthenticated(true);
	}

	@Override
	public AdminCaller getPrincipal() {
		return this.caller;
	}

	@Override
	public String getCredentials() {
		return "";
	}

}
