package dev.ablyauth.session;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * One provider that tells whose token it is. RFC 7662.
 */
final class IntrospectionProvider {

	/** How long a token is known to be nobody's, or of no use. */
	private static final Duration REFUSED_LIFE = Duration.ofSeconds(10);

	private final ServiceCalls calls;

	private final IntrospectionAnswers answers;

	private final AnswerCache<Introspected> cache;

	private final String authorization;

	private final Clock clock;

	IntrospectionProvider(IntrospectionProperties settings, ServiceCalls calls, IntrospectionAnswers answers,
			Clock clock, Ticker ticker) {
		this.calls = calls;
		this.answers = answers;
		this.authorization = basic(settings.clientId(), settings.clientSecret());
		this.clock = clock;
		this.cache = new AnswerCache<>(ticker, (said) -> life(said, settings.cache()),
				(said) -> (said.user() != null) ? AnswerCache.weight(said.user()) : 0);
	}

	/** RFC 6749 2.3.1: id and secret are encoded as in forms before they are joined. */
	private static String basic(String id, String secret) {
		String both = form(id) + ":" + form(secret);
		return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
	}

	private static String form(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	private Duration life(Introspected said, Duration most) {
		if (said.user() != null) {
			return AnswerCache.life(said.user(), most, this.clock);
		}
		return (REFUSED_LIFE.compareTo(most) < 0) ? REFUSED_LIFE : most;
	}

	/** What is known of a token without a call, or null. */
	@Nullable Introspected known(CredentialHash key) {
		return this.cache.known(key);
	}

	/** Finds out whose token it is. */
	CompletableFuture<Introspected> ask(CredentialHash key, String token) {
		return this.cache.get(key, () -> this.calls.ask(request(token), this.answers::read));
	}

	/** Asks about a token that nobody has. */
	SessionTrial trial() {
		String token = "nobody-has-this-token";
		return SessionTrial.of(IntrospectionSessions.KIND + " at " + this.calls.place(),
				() -> AnswerCache.await(ask(CredentialHash.of(token), token)).orRefuse(), this.calls::lastFault);
	}

	/** For meters and health. */
	SessionSource source() {
		return new SessionSource(IntrospectionSessions.KIND, this.calls.host(), this.calls::isAsked,
				this.calls::lastFault);
	}

	/** RFC 7662 2.1. */
	private HttpRequest request(String token) {
		return this.calls.request()
			.header("Authorization", this.authorization)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("token=" + form(token) + "&token_type_hint=access_token"))
			.build();
	}

	@Override
	public String toString() {
		return "IntrospectionProvider(" + this.calls.host() + ")";
	}

}
