package dev.ablyauth.session;

import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Makes what reads the header of the proxy in front, as the settings say.
 */
final class ProxyAssertions {

	private static final int REFRESH_MINUTES = 5;

	private final JwtIssuers issuers;

	private final TrustedPeers proxies;

	private final Clock clock;

	private final ScheduledExecutorService albKeyRefresh;

	private final HttpFetcher http = new HttpFetcher();

	ProxyAssertions(JwtIssuers issuers, TrustedPeers proxies, Clock clock, ScheduledExecutorService albKeyRefresh) {
		this.issuers = issuers;
		this.proxies = proxies;
		this.clock = clock;
		this.albKeyRefresh = albKeyRefresh;
	}

	ProxyAssertionSessions sessions(ProxyAssertionProperties settings, UserPrefixes prefixes) {
		UserIds ids = prefixes.of(settings);
		Assertion assertion = switch (settings.kind()) {
			case ProxyAssertionProperties.JWKS ->
				new JwtAssertion(this.issuers.issuer(ProxyAssertionSessions.KIND, settings.issuerSettings(), ids));
			case ProxyAssertionProperties.AWS_ALB -> alb(settings, ids);
			default -> new UserHeader(settings, this.proxies, ids);
		};
		return new ProxyAssertionSessions(settings.headerName(), assertion);
	}

	private AlbAssertion alb(ProxyAssertionProperties settings, UserIds ids) {
		URI base = settings.albKeys();
		AlbKeys keys = new AlbKeys(
				(kid) -> new RemoteKeys(new AlbKeyClient(base, kid, this.http), this.clock, this.albKeyRefresh),
				this.clock);
		Future<?> unused = this.albKeyRefresh.scheduleWithFixedDelay(keys::refresh, REFRESH_MINUTES, REFRESH_MINUTES,
				TimeUnit.MINUTES);
		JwtIssuer issuer = this.issuers.issuer(ProxyAssertionSessions.KIND, settings.issuerSettings(), ids, keys);
		return new AlbAssertion(Objects.requireNonNull(settings.signer()), settings.audiences(), settings.issuer(),
				issuer);
	}

}
