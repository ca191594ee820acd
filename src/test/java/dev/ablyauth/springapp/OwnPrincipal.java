package dev.ablyauth.springapp;

import java.util.Collection;
import java.util.List;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * A principal of the app's own class.
 *
 * @param username of the person
 * @param number of the person in the app's database
 */
public record OwnPrincipal(String username, long number) implements UserDetails {

	@Override
	public String getUsername() {
		return this.username;
	}

	@Override
	public String getPassword() {
		return "canary-password-hash-of-ann";
	}

	@Override
	public Collection<? extends GrantedAuthority> getAuthorities() {
		return List.of();
	}

}
