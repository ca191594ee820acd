package dev.ablyauth.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * App JWTs as sessions, from one or several issuers.
 */
public final class AppJwtSessions implements SessionKind {

	static final String KIND = "jwt";

	private final Map<String, JwtIssuer> issuers;

	private final List<String> cookieNames;

	/**
	 * Creates sessions.
	 * @param issuers by their names, in the order in which their cookies are looked at
	 */
	AppJwtSessions(Map<String, JwtIssuer> issuers) {
		this.issuers = Map.copyOf(issuers);
		this.cookieNames = issuers.values()
			.stream()
			.flatMap((issuer) -> issuer.cookieName().stream())
			.distinct()
			.toList();
	}

	@Override
	public String name() {
		return KIND;
	}

	@Override
	public Optional<AppUser> ofHeaders(Credentials credentials) {
		return credentials.bearer().flatMap(this::user);
	}

	@Override
	public Optional<AppUser> ofCookies(Credentials credentials) {
		return this.cookieNames.stream()
			.flatMap((name) -> credentials.cookies(name).stream().flatMap((token) -> user(name, token).stream()))
			.findFirst();
	}

	/**
	 * Asks who the bearer of a token is.
	 * @param token as the client sent it
	 * @return the user, or empty if it is no token of a configured issuer
	 * @throws Refused if it is one and it is not valid, or the issuer's keys cannot be
	 * had
	 */
	public Optional<AppUser> user(String token) {
		return user(token, (issuer) -> true);
	}

	/** Each issuer has a cookie of its own, if any. */
	private Optional<AppUser> user(String cookieName, String token) {
		return user(token, (issuer) -> issuer.cookieName().filter(cookieName::equals).isPresent());
	}

	private Optional<AppUser> user(String token, Predicate<JwtIssuer> isMeant) {
		CompactJws jws = CompactJws.read(token).orElse(null);
		if (jws != null) {
			return issuer(jws.claims().get("iss")).filter(isMeant).map((issuer) -> issuer.user(jws));
		}
		if (NamedIssuers.in(token).stream().flatMap((name) -> issuer(name).stream()).anyMatch(isMeant)) {
			throw SessionRefusals.invalid();
		}
		return Optional.empty();
	}

	private Optional<JwtIssuer> issuer(@Nullable Object name) {
		return (name instanceof String text) ? Optional.ofNullable(this.issuers.get(text)) : Optional.empty();
	}

}
