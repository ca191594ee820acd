package dev.ablyauth.web;

import java.time.Clock;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.issuing.TokenProperties;
import dev.ablyauth.policy.CapabilityJson;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.policy.WishReader;
import dev.ablyauth.session.TrustedPeers;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Wires the doors.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

	private static final int MAX_HEADERS = 100;

	@Bean
	ClientAddresses clientAddresses(TrustedPeers proxies) {
		return new ClientAddresses(proxies);
	}

	@Bean
	SharedBuckets sharedBuckets(RateLimitProperties settings, Clock clock) {
		return settings.shared(clock);
	}

	@Bean
	Origins origins(WebProperties settings) {
		return new Origins(settings);
	}

	@Bean
	Refusals refusals(AuditLog audit, ClientAddresses addresses, LivePolicy policy) {
		return new Refusals(audit, addresses, policy);
	}

	@Bean
	WishReader wishReader(Operations operations) {
		return new WishReader(new CapabilityJson(operations));
	}

	@Bean
	TokenParamsReader tokenParamsReader(WishReader wishes) {
		return new TokenParamsReader(wishes, new JsonBodies());
	}

	/** In front of all other filters. */
	@Bean
	FilterRegistrationBean<OverloadFilter> overloadFilter(WaitingRequests waiting, TokenProperties token) {
		FilterRegistrationBean<OverloadFilter> filter = new FilterRegistrationBean<>(new OverloadFilter(waiting));
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
		filter.addUrlPatterns(token.basePath() + "/*");
		return filter;
	}

	@Bean
	WaitingRequests waitingRequests() {
		return new WaitingRequests();
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> countWaitingRequests(WaitingRequests waiting) {
		return (tomcat) -> tomcat.addConnectorCustomizers(waiting::of);
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatErrorsInAblysShape() {
		return (tomcat) -> {
			tomcat.addConnectorCustomizers(
					(connector) -> connector.setProperty("maxHeaderCount", String.valueOf(MAX_HEADERS)));
			tomcat.addContextCustomizers((context) -> {
				if (context.getParent() instanceof StandardHost host) {
					host.setErrorReportValveClass(AblyErrorReportValve.class.getName());
				}
			});
		};
	}

}
