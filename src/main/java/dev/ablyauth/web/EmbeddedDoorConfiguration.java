package dev.ablyauth.web;

import java.time.Clock;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.issuing.DecisionListener;
import dev.ablyauth.issuing.TokenIssuer;
import dev.ablyauth.issuing.TokenProperties;
import dev.ablyauth.policy.CapabilityJson;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.policy.WishReader;
import dev.ablyauth.session.AppUsers;
import dev.ablyauth.session.TrustedPeers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.event.AuthenticationFailureServiceExceptionEvent;

/**
 * The token endpoints inside of another app. All names begin with {@code ablyAuth}, so
 * that they meet none of the app. Not a configuration of the server, which has a door of
 * its own.
 */
public class EmbeddedDoorConfiguration {

	/** What the app's security chain answers must be seen. */
	private static final int BEFORE_SPRING_SECURITY = SecurityFilterProperties.DEFAULT_FILTER_ORDER - 10;

	@Bean
	EmbeddedUsers ablyAuthCurrentUser(EmbeddedRooms rooms, AppUsers users) {
		return new EmbeddedUsers(users, rooms.get(Clock.class));
	}

	@Bean
	SharedBuckets ablyAuthSharedBuckets(EmbeddedRooms rooms) {
		return rooms.get(RateLimitProperties.class).shared(rooms.get(Clock.class));
	}

	@Bean
	CallLimits ablyAuthCallLimits(EmbeddedRooms rooms, SharedBuckets ablyAuthSharedBuckets) {
		return new CallLimits(rooms.get(RateLimitProperties.class), ablyAuthSharedBuckets, Ticker.systemTicker());
	}

	@Bean
	Refusals ablyAuthRefusals(EmbeddedRooms rooms) {
		return new Refusals(rooms.get(AuditLog.class), addresses(rooms), rooms.get(LivePolicy.class),
				rooms.get(DecisionListener.class));
	}

	@Bean
	TokenController ablyAuthTokenController(EmbeddedRooms rooms, EmbeddedUsers users, CallLimits ablyAuthCallLimits) {
		WishReader wishes = new WishReader(new CapabilityJson(rooms.get(Operations.class)));
		return new TokenController(rooms.get(TokenIssuer.class), users, ablyAuthCallLimits,
				new TokenParamsReader(wishes, new JsonBodies()), addresses(rooms), rooms.get(Clock.class));
	}

	@Bean
	EmbeddedErrorResolver ablyAuthErrorResolver(Refusals ablyAuthRefusals, EmbeddedUsers users) {
		return new EmbeddedErrorResolver(new TokenErrorAdvice(ablyAuthRefusals, users));
	}

	/** Spring Security does not publish by itself that the users could not be asked. */
	@Bean
	AppOutages ablyAuthAppOutages(ObjectProvider<DefaultAuthenticationEventPublisher> publishers) {
		publishers.ifUnique((publisher) -> publisher.setAdditionalExceptionMappings(Map
			.of(InternalAuthenticationServiceException.class, AuthenticationFailureServiceExceptionEvent.class)));
		return new AppOutages();
	}

	@Bean
	FilterRegistrationBean<EmbeddedDoorFilter> ablyAuthDoorFilter(EmbeddedRooms rooms, CallLimits ablyAuthCallLimits,
			Refusals ablyAuthRefusals, AppOutages outages) {
		FilterRegistrationBean<EmbeddedDoorFilter> filter = new FilterRegistrationBean<>(
				new EmbeddedDoorFilter(new Origins(rooms.get(WebProperties.class)), ablyAuthCallLimits,
						addresses(rooms), ablyAuthRefusals, outages));
		filter.setOrder(BEFORE_SPRING_SECURITY);
		String basePath = rooms.get(TokenProperties.class).basePath();
		TokenController.PATHS.forEach((path) -> filter.addUrlPatterns(basePath + path));
		return filter;
	}

	private static ClientAddresses addresses(EmbeddedRooms rooms) {
		return new ClientAddresses(rooms.get(TrustedPeers.class));
	}

}
