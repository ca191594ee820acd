package dev.ablyauth.web;

import java.util.Locale;

/**
 * What an admin credential may do. Who has {@link #ADMIN} may do all of it.
 */
enum AdminScope {

	/** Read the meters. */
	METRICS,

	/** Ask what the policy gives and why, and see details of the health. */
	READ,

	/** Have tokens issued for users. */
	MINT,

	/** Deny people and revoke tokens. */
	REVOKE,

	/** Everything, and whatever has no scope of its own. */
	ADMIN;

	/** The name in settings. */
	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The name as an authority of Spring Security. */
	String authority() {
		return "SCOPE_" + label();
	}

}
