package dev.ablyauth.web;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.policy.CapabilityJson;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.policy.WishReader;
import dev.ablyauth.session.TrustedPeers;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
