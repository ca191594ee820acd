package dev.ablyauth.web;

import java.util.Set;

/**
 * Who calls the admin door.
 *
 * @param name for audit lines: {@code token:} and the beginning of the token's hash, or
 * {@code jwt:} and the subject
 * @param scopes what the caller may do
 * @param scopeNames how whoever gave the scopes calls them
 */
record AdminCaller(String name, Set<AdminScope> scopes, AdminScopeNames scopeNames) {

	@Override
	public String toString() {
		return this.name;
	}

}
