package dev.ablyauth.web;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How scopes are called by those who give them: the settings say {@code read}, a login
 * service says {@code ably-auth:read}.
 *
 * @param admin the name of the scope that has all others
 * @param prefix what stands before the names of the others; null if there are no others
 */
record AdminScopeNames(String admin, @Nullable String prefix) {

	/** As the settings name them. */
	static AdminScopeNames ofSettings() {
		return new AdminScopeNames(AdminScope.ADMIN.label(), "");
	}

	/**
	 * As JWTs name them: the others begin like the first one, up to its last colon or
	 * slash. A name without these stands alone, because a bare {@code read} may mean
	 * anything.
	 */
	static AdminScopeNames ofJwts(String admin) {
		int end = Math.max(admin.lastIndexOf(':'), admin.lastIndexOf('/'));
		return new AdminScopeNames(admin, (end < 0) ? null : admin.substring(0, end + 1));
	}

	/**
	 * The scopes that somebody has who was given these names; unknown names give none.
	 */
	Set<AdminScope> scopes(Collection<String> names) {
		EnumSet<AdminScope> scopes = EnumSet.allOf(AdminScope.class);
		if (!names.contains(this.admin)) {
			scopes.remove(AdminScope.ADMIN);
			scopes.removeIf((scope) -> this.prefix == null || !names.contains(this.prefix + scope.label()));
		}
		return Collections.unmodifiableSet(scopes);
	}

	/** The least that somebody must be given who needs this scope. */
	String name(AdminScope scope) {
		return (scope == AdminScope.ADMIN || this.prefix == null) ? this.admin : this.prefix + scope.label();
	}

}
