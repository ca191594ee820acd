package dev.ablyauth.session;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes what verifies JWTs, for users and for admins alike. Issuers whose keys are in one
 * place share them, so that they are fetched once.
 */
public final class JwtIssuers {

	private static final int LOOK_SECONDS = 5;

	private final Clock clock;

	private final ScheduledExecutorService refresh;

	private final MeterRegistry meters;

	private final HttpFetcher http = new HttpFetcher();

	private final Map<Place, RemoteKeys> keys = new ConcurrentHashMap<>();

	JwtIssuers(Clock clock, ScheduledExecutorService refresh, MeterRegistry meters) {
		this.clock = clock;
		this.refresh = refresh;
		this.meters = meters;
	}

	/**
	 * Makes the sessions of some issuers whose users are no others' users.
	 * @param settings the issuers, checked
	 * @return who takes their tokens, and no others
	 */
	public AppJwtSessions sessions(List<JwtIssuerProperties> settings) {
		return sessions(settings, UserPrefixes.NONE);
	}

	AppJwtSessions sessions(List<JwtIssuerProperties> settings, UserPrefixes prefixes) {
		Map<String, JwtIssuer> issuers = new LinkedHashMap<>();
		for (JwtIssuerProperties issuer : settings) {
			issuers.put(issuer.issuer(), issuer(AppJwtSessions.KIND, issuer, prefixes.of(issuer)));
		}
		return new AppJwtSessions(issuers);
	}

	/** Makes what takes the logout tokens of those that may end sessions. */
	LogoutTokens logoutTokens(List<JwtIssuerProperties> settings, UserPrefixes prefixes) {
		Map<String, LogoutIssuer> issuers = new LinkedHashMap<>();
		for (JwtIssuerProperties issuer : settings) {
			if (!issuer.logoutAudiences().isEmpty()) {
				JwsVerifier verifier = new JwsVerifier(issuer.jwsAlgorithms(), keys(issuer));
				issuers.put(issuer.issuer(), new LogoutIssuer(issuer, verifier, prefixes.of(issuer), this.clock));
			}
		}
		return new LogoutTokens(issuers);
	}

	/** Makes what takes the tokens of one issuer, whatever kind of session they are. */
	JwtIssuer issuer(String kind, JwtIssuerProperties settings, UserIds ids) {
		return issuer(kind, settings, ids, keys(settings));
	}

	/** The same, for an issuer that does not publish its keys as a JWKS. */
	JwtIssuer issuer(String kind, JwtIssuerProperties settings, UserIds ids, JWKSource<SecurityContext> keys) {
		return new JwtIssuer(kind, settings, new JwsVerifier(settings.jwsAlgorithms(), keys), ids, this.clock);
	}

	private JWKSource<SecurityContext> keys(JwtIssuerProperties issuer) {
		return (issuer.secret() != null) ? secretKey(issuer) : remoteKeys(issuer);
	}

	/** The one secret, whatever {@code kid} a token names. */
	private static JWKSource<SecurityContext> secretKey(JwtIssuerProperties issuer) {
		List<JWK> keys = List.of(new OctetSequenceKey.Builder(issuer.secretBytes()).build());
		return (selector, context) -> keys;
	}

	/** Tells whether the tokens of an issuer can be verified. */
	SessionState state(String kind, JwtIssuerProperties issuer) {
		return (issuer.secret() != null) ? SessionState.good(kind, issuer.issuer())
				: remoteKeys(issuer).state(kind, issuer.issuer());
	}

	private RemoteKeys remoteKeys(JwtIssuerProperties issuer) {
		return this.keys.computeIfAbsent(new Place(issuer.issuer(), issuer.jwksUri()), this::remoteKeys);
	}

	private RemoteKeys remoteKeys(Place place) {
		JwksClient client = new JwksClient(place.issuer(), place.jwksUri(), this.http);
		RemoteKeys remote = new RemoteKeys(client, this.clock, this.refresh);
		Future<?> unused = this.refresh.scheduleWithFixedDelay(remote::keepFresh, 0, LOOK_SECONDS, TimeUnit.SECONDS);
		Gauge.builder("jwks.stale", remote, RemoteKeys::ageSeconds)
			.baseUnit("seconds")
			.tag("issuer", place.issuer())
			.description("How long ago the keys of an issuer were fetched; negative if never")
			.register(this.meters);
		return remote;
	}

	/**
	 * Where keys are.
	 *
	 * @param issuer whose keys they are
	 * @param jwksUri their address; null if it is to be discovered
	 */
	private record Place(String issuer, @Nullable URI jwksUri) {
	}

}
