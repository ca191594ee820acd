package dev.ablyauth.session;

import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

import com.github.benmanes.caffeine.cache.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the session kinds that ask a service. Each service has its own calls, breaker and
 * cache, so that one that is away does not hold up the others.
 */
final class SessionServices {

	private static final Logger LOGGER = LoggerFactory.getLogger(SessionServices.class);

	private final Clock clock;

	private final Ticker ticker;

	private final HttpClient client = ServiceCalls.client();

	SessionServices(Clock clock, Ticker ticker) {
		this.clock = clock;
		this.ticker = ticker;
	}

	IntrospectionSessions introspection(List<IntrospectionProperties> settings, UserPrefixes prefixes) {
		return new IntrospectionSessions(
				settings.stream().map((provider) -> provider(provider, prefixes.of(provider))).toList(), this.clock);
	}

	ForwardSessions forward(ForwardProperties settings, UserPrefixes prefixes) {
		ServiceCalls calls = new ServiceCalls(this.client, Objects.requireNonNull(settings.url()), this.ticker);
		ForwardAnswers answers = new ForwardAnswers(settings, calls, prefixes.of(settings));
		return new ForwardSessions(settings, calls, answers, this.clock, this.ticker);
	}

	private IntrospectionProvider provider(IntrospectionProperties settings, UserIds ids) {
		ServiceCalls calls = new ServiceCalls(this.client, Objects.requireNonNull(settings.uri()), this.ticker);
		if (settings.takesTokensForOthers()) {
			LOGGER.warn("Any token that {} calls active is good here, also one that was issued to another app, because"
					+ " neither audiences nor required-claims is set", calls.host());
		}
		IntrospectionAnswers answers = new IntrospectionAnswers(settings, calls, ids, this.clock);
		return new IntrospectionProvider(settings, calls, answers, this.clock, this.ticker);
	}

}
