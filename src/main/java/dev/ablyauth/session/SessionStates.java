package dev.ablyauth.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * How those who know sessions are at the moment, of each kind that the settings name.
 */
public final class SessionStates {

	private final List<Supplier<SessionState>> all = new ArrayList<>();

	SessionStates(SessionProperties settings, JwtIssuers issuers, Sessions sessions) {
		settings.jwt().forEach((issuer) -> this.all.add(() -> issuers.state(AppJwtSessions.KIND, issuer)));
		ProxyAssertionProperties proxy = settings.proxyAssertion();
		if (proxy != null && proxy.kind().equals(ProxyAssertionProperties.JWKS)) {
			this.all.add(() -> issuers.state(ProxyAssertionSessions.KIND, proxy.issuerSettings()));
		}
		else if (proxy != null) {
			// Which keys a load balancer has is known when it has signed something.
			this.all.add(() -> SessionState.good(ProxyAssertionSessions.KIND, proxy.kind()));
		}
		sessions.sources().forEach((source) -> this.all.add(source::state));
		if (settings.guests().enabled()) {
			this.all.add(() -> SessionState.good(AppUser.Source.GUEST, ""));
		}
	}

	/**
	 * Tells of all.
	 * @return in the fixed order of the kinds, at least one
	 */
	public List<SessionState> now() {
		return this.all.stream().map(Supplier::get).toList();
	}

	/**
	 * Tells whether anybody can be recognised.
	 * @return false where no kind has anybody who can tell
	 */
	public boolean canAnybodyTell() {
		return this.all.isEmpty() || this.all.stream().anyMatch((state) -> state.get().canTell());
	}

}
