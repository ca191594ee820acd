package dev.ablyauth.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.AppJwtSessions;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who brings a bearer token to the admin door.
 */
final class AdminCallers {

	private static final int NAME_DIGITS = 8;

	private final List<Token> tokens;

	private final AppJwtSessions jwts;

	private final AdminScopeNames jwtScopes;

	/**
	 * Creates the callers.
	 * @param jwts who verifies JWTs; one that knows no issuer if there are none
	 * @param jwtScopes how JWTs name the scopes
	 */
	AdminCallers(List<AdminTokenProperties> tokens, AppJwtSessions jwts, AdminScopeNames jwtScopes) {
		this.tokens = tokens.stream().map(Token::of).toList();
		this.jwts = jwts;
		this.jwtScopes = jwtScopes;
	}

	/**
	 * Finds the caller.
	 * @return the caller, perhaps without any scope, or empty if the token is nobody's
	 * @throws Refused if the keys of the issuer cannot be had, which is an outage and not
	 * an answer
	 */
	Optional<AdminCaller> find(String bearer) {
		byte[] digits = sha256(bearer).getBytes(StandardCharsets.US_ASCII);
		AdminCaller found = null;
		for (Token token : this.tokens) {
			// All are compared, and each in full: time tells nothing.
			if (MessageDigest.isEqual(token.digits().getBytes(StandardCharsets.US_ASCII), digits)) {
				found = token.caller();
			}
		}
		return (found != null) ? Optional.of(found) : callerOfJwt(bearer);
	}

	private Optional<AdminCaller> callerOfJwt(String bearer) {
		try {
			return this.jwts.user(bearer).map(this::caller);
		}
		catch (Refused refused) {
			if (refused.reason() == Reason.SESSION_SOURCE_DOWN) {
				throw refused;
			}
			return Optional.empty();
		}
	}

	private AdminCaller caller(AppUser user) {
		List<String> names = new ArrayList<>();
		if (user.claims().get("scope") instanceof String scope) {
			names.addAll(words(scope));
		}
		names.addAll(words(user.claims().get("scp")));
		return new AdminCaller("jwt:" + user.id(), this.jwtScopes.scopes(names), this.jwtScopes);
	}

	/** RFC 8693 4.2 has a text; some login services have a list in {@code scp}. */
	private static List<String> words(@Nullable Object claim) {
		if (claim instanceof Collection<?> items) {
			return items.stream().filter(String.class::isInstance).map(String.class::cast).toList();
		}
		return (claim instanceof String text) ? List.of(text.split(" ", -1)) : List.of();
	}

	/** The digits of a hash, as settings and the store have them. */
	static String sha256(String text) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is part of every JDK", ex);
		}
	}

	/**
	 * A token that the settings name.
	 *
	 * @param digits of its hash
	 * @param caller who brings it
	 */
	private record Token(String digits, AdminCaller caller) {

		static Token of(AdminTokenProperties settings) {
			AdminScopeNames names = AdminScopeNames.ofSettings();
			String name = "token:" + settings.digits().substring(0, NAME_DIGITS);
			return new Token(settings.digits(), new AdminCaller(name, names.scopes(settings.scopes()), names));
		}
	}

}
