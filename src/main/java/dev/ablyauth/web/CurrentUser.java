package dev.ablyauth.web;

import java.util.Optional;

import dev.ablyauth.session.AppUser;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Whose request it is, as the security chain in front of the door found out.
 */
@FunctionalInterface
interface CurrentUser {

	/** Finds the user; empty if nobody is signed in. */
	Optional<AppUser> of(HttpServletRequest request);

}
