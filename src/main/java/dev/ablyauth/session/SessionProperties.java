package dev.ablyauth.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the app's users prove who they are.
 *
 * @param jwt the issuers of app JWTs
 * @param introspection the providers that tell whose an opaque token is
 * @param proxyAssertion the proxy that says who the user is, or null
 * @param springSession where a Spring app keeps its sessions, or null
 * @param forward the app's own endpoint that says who is signed in, or null
 * @param guests whether there are guests
 */
public record SessionProperties(@DefaultValue List<JwtIssuerProperties> jwt,
		@DefaultValue List<IntrospectionProperties> introspection, @Nullable ProxyAssertionProperties proxyAssertion,
		@Nullable SpringSessionProperties springSession, @Nullable ForwardProperties forward,
		@DefaultValue GuestProperties guests) {

	/** The issuer of the dev mode's sample login. */
	public static final String SAMPLE_ISSUER = "https://sample-login.invalid/";

	/** Whoever names users, by the name of the property, in the order of the kinds. */
	private Map<String, UserSource> sources() {
		Map<String, UserSource> sources = new LinkedHashMap<>();
		for (int i = 0; i < this.jwt.size(); i++) {
			sources.put("jwt[" + i + "]", this.jwt.get(i));
		}
		for (int i = 0; i < this.introspection.size(); i++) {
			sources.put("introspection[" + i + "]", this.introspection.get(i));
		}
		if (this.proxyAssertion != null) {
			sources.put("proxy-assertion", this.proxyAssertion);
		}
		if (this.springSession != null) {
			sources.put("spring-session", this.springSession);
		}
		if (this.forward != null) {
			sources.put("forward", this.forward);
		}
		return sources;
	}

	/**
	 * Tells whether nobody can prove who they are.
	 * @return whether there is no session kind
	 */
	public boolean isEmpty() {
		return sources().isEmpty() && !this.guests.enabled();
	}

	/**
	 * Tells whether an issuer may end sessions.
	 * @return whether there are logout tokens
	 */
	public boolean hasLogoutTokens() {
		return this.jwt.stream().anyMatch((issuer) -> !issuer.logoutAudiences().isEmpty());
	}

	UserPrefixes prefixes() {
		return new UserPrefixes(Stream
			.concat(sources().values().stream().map(UserSource::userIdPrefix),
					this.guests.enabled() ? Stream.of(this.guests.idPrefix()) : Stream.of())
			.toList());
	}

	/**
	 * Returns whose keys verify JWTs, of users or of a proxy in front.
	 * @return the issuers; not those of load balancers, whose keys are asked for one by
	 * one
	 */
	public List<JwtIssuerProperties> issuers() {
		Stream<JwtIssuerProperties> proxy = Stream.ofNullable(this.proxyAssertion)
			.filter((settings) -> settings.kind().equals(ProxyAssertionProperties.JWKS))
			.map(ProxyAssertionProperties::issuerSettings);
		return Stream.concat(this.jwt.stream(), proxy).toList();
	}

	/**
	 * Tells whether nobody names users but the dev mode's sample login.
	 * @return whether each source is it
	 */
	public boolean onlySampleLogin() {
		return sources().values()
			.stream()
			.allMatch(
					(source) -> source instanceof JwtIssuerProperties issuer && issuer.issuer().equals(SAMPLE_ISSUER));
	}

	/**
	 * Tells whether a plain header names the user, which counts from trusted proxies
	 * alone.
	 * @return whether there is such a header
	 */
	public boolean needsTrustedProxies() {
		return this.proxyAssertion != null && this.proxyAssertion.isPlainHeader();
	}

	/**
	 * Finds what is wrong.
	 * @param name the name of these settings
	 * @return one line for each problem, with the property
	 */
	public List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		if (isEmpty()) {
			problems.add(name + ": is missing; nobody could prove who they are, set at least " + name + ".jwt");
		}
		Set<String> prefixes = new HashSet<>();
		sources().forEach((kind, source) -> {
			String property = name + "." + kind;
			problems.addAll(source.problems(property));
			if (!prefixes.add(source.userIdPrefix()) && !source.sameUsers()) {
				problems.add(property + ".user-id-prefix: another issuer has the same, so two people could have one id;"
						+ " choose another, or say same-users: true");
			}
			if (this.guests.owns(source.userIdPrefix())) {
				problems.add(property + ".user-id-prefix: begins with the id-prefix of guests");
			}
		});
		issuerProblems(name, problems);
		guestProblems(name, problems);
		return problems;
	}

	private void guestProblems(String name, List<String> problems) {
		problems.addAll(this.guests.problems(name + ".guests"));
		if (!this.guests.enabled() || this.forward == null) {
			return;
		}
		if (this.forward.takesAnyCookie()) {
			problems.add(name + ".forward.cookie-names: is missing; a guest with any cookie at all would be taken"
					+ " for somebody whose session is over");
		}
		if (this.forward.cookieNames().contains(this.guests.cookieName())
				|| this.forward.forwardHeaders().stream().anyMatch(Guests.HEADER::equalsIgnoreCase)) {
			problems.add(name + ".forward: has the cookie or the header of guests, which no app is shown");
		}
	}

	private void issuerProblems(String name, List<String> problems) {
		Set<String> issuers = new HashSet<>();
		for (int i = 0; i < this.jwt.size(); i++) {
			JwtIssuerProperties issuer = this.jwt.get(i);
			if (!issuers.add(issuer.issuer())) {
				problems.add(name + ".jwt[" + i + "].issuer: is there twice");
			}
			if (this.guests.isOf(issuer)) {
				problems.add(name + ".jwt[" + i + "]: has the issuer, the secret or the cookie-name of guests");
			}
		}
	}

}
