package dev.ablyauth.session;

import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Ticker;

/**
 * The app's own sessions, whatever they are: the user's cookie or header goes to the
 * app's own endpoint that says who is signed in.
 */
final class ForwardSessions implements SessionKind {

	static final String KIND = "forward";

	private final ForwardedHeaders headers;

	private final ServiceCalls calls;

	private final ForwardAnswers answers;

	private final AnswerCache<AppUser> cache;

	private final Clock clock;

	ForwardSessions(ForwardProperties settings, ServiceCalls calls, ForwardAnswers answers, Clock clock,
			Ticker ticker) {
		this.headers = new ForwardedHeaders(settings);
		this.calls = calls;
		this.answers = answers;
		this.clock = clock;
		this.cache = new AnswerCache<>(ticker, (user) -> AnswerCache.life(user, settings.cache(), clock),
				AnswerCache::weight);
	}

	@Override
	public String name() {
		return KIND;
	}

	@Override
	public Optional<AppUser> ofHeaders(Credentials credentials) {
		return user(this.headers.ofHeaders(credentials));
	}

	@Override
	public Optional<AppUser> ofCookies(Credentials credentials) {
		return user(this.headers.ofCookies(credentials));
	}

	@Override
	public List<SessionTrial> trials() {
		return List.of(SessionTrial.of(KIND + " at " + this.calls.place(), () -> user(this.headers.ofNobody()),
				this.calls::lastFault));
	}

	@Override
	public List<SessionSource> sources() {
		return List.of(new SessionSource(KIND, this.calls.host(), this.calls::isAsked, this.calls::lastFault));
	}

	private Optional<AppUser> user(List<String> sent) {
		if (sent.isEmpty()) {
			return Optional.empty();
		}
		String[] namesAndValues = sent.toArray(String[]::new);
		AppUser user = AnswerCache.await(this.cache.get(CredentialHash.of(namesAndValues),
				() -> this.calls.ask(request(namesAndValues), this.answers::read)));
		if (!this.clock.instant().isBefore(user.expires())) {
			throw SessionRefusals.invalid();
		}
		return Optional.of(user);
	}

	private HttpRequest request(String[] namesAndValues) {
		return this.calls.request().headers(namesAndValues).GET().build();
	}

}
