package dev.ablyauth.session;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.remote.FaultLog;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that an existing Spring app keeps in Redis or in a database. They are only
 * read. A session in which nobody is signed in is no credential: another kind may know
 * who it is.
 */
final class SpringSessions implements SessionKind {

	static final String KIND = "spring-session";

	private final SpringSessionProperties settings;

	private final SessionCookie cookie;

	private final SessionStore store;

	private final StoreCalls<OpenSession> calls;

	private final UnaryOperator<String> ownId;

	private final Clock clock;

	private final FaultLog log;

	/**
	 * Creates the kind.
	 * @param ownId gives a user of this app an id that no other source can give
	 */
	SpringSessions(SpringSessionProperties settings, SessionStore store, UnaryOperator<String> ownId, Clock clock) {
		this.settings = settings;
		this.cookie = new SessionCookie(settings.cookieName(), settings.cookieBase64());
		this.store = store;
		this.calls = new StoreCalls<>(this::read, Ticker.systemTicker());
		this.ownId = ownId;
		this.clock = clock;
		this.log = new FaultLog("The store of ably-auth.sessions.spring-session", clock);
	}

	/** Connects when the first session is asked for, so a store may be away at start. */
	static SpringSessions open(SpringSessionProperties settings, UnaryOperator<String> ownId, Clock clock) {
		SessionStore store = settings.store().equals(SpringSessionProperties.REDIS) ? new RedisSessionStore(settings)
				: new JdbcSessionStore(settings);
		return new SpringSessions(settings, store, ownId, clock);
	}

	@Override
	public String name() {
		return KIND;
	}

	@Override
	public Optional<AppUser> ofCookies(Credentials credentials) {
		List<String> ids = this.cookie.ids(credentials);
		try {
			for (String id : ids) {
				Optional<OpenSession> session = this.calls.find(id);
				if (session.isPresent()) {
					return user(session.get());
				}
			}
		}
		catch (SessionStoreException ex) {
			this.log.warn(String.valueOf(ex.getMessage()));
			throw new Refused(Reason.SESSION_SOURCE_DOWN, "The app's sessions cannot be read at the moment.");
		}
		if (ids.isEmpty()) {
			return Optional.empty();
		}
		throw SessionRefusals.invalid();
	}

	@Override
	public List<SessionTrial> trials() {
		try {
			this.calls.find("nobody-has-this-session");
			return List.of(new SessionTrial(KIND, null));
		}
		catch (SessionStoreException ex) {
			return List.of(new SessionTrial(KIND, "the store " + ex.getMessage()));
		}
	}

	@Override
	public List<SessionSource> sources() {
		return List.of(new SessionSource(KIND, this.settings.store(), this.calls::isAsked, this.calls::lastFault));
	}

	/** What is in a session that is over does not matter, nor whether it can be read. */
	private Optional<OpenSession> read(String id) throws SessionStoreException {
		Optional<StoredSession> stored = this.store.find(id)
			.filter((session) -> session.end().isAfter(this.clock.instant()));
		return stored.isPresent() ? Optional.of(OpenSession.of(stored.get())) : Optional.empty();
	}

	private Optional<AppUser> user(OpenSession session) {
		SpringPrincipal principal = session.principal();
		return (principal != null) ? Optional.of(new AppUser(this.ownId.apply(id(principal)), roles(principal),
				principal.attributes(), new AppUser.Source(KIND, KIND), session.end())) : Optional.empty();
	}

	private String id(SpringPrincipal principal) {
		Object id = (this.settings.userId() != null)
				? new ClaimPath(this.settings.userId()).find(principal.attributes()) : principal.name();
		if (id instanceof Long number) {
			return number.toString();
		}
		if (id instanceof String text && !text.isEmpty()) {
			return text;
		}
		throw SessionRefusals.invalid();
	}

	private Collection<String> roles(SpringPrincipal principal) {
		return (this.settings.roles() != null)
				? Demands.texts(new ClaimPath(this.settings.roles()).find(principal.attributes()))
				: principal.authorities();
	}

	@Override
	public void close() {
		this.calls.close();
		this.store.close();
	}

	/**
	 * A session that is not over.
	 *
	 * @param end when it will be
	 * @param principal who is signed in; null if nobody is
	 */
	private record OpenSession(Instant end, @Nullable SpringPrincipal principal) {

		static OpenSession of(StoredSession stored) throws SessionStoreException {
			return new OpenSession(stored.end(), stored.principal().orElse(null));
		}

	}

}
