package dev.ablyauth.web;

import java.util.function.ToDoubleFunction;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.issuing.DecisionListener;
import dev.ablyauth.issuing.TokenProperties;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Wires what holds of connections and of every request, whichever door it is for.
 */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

	private static final int MAX_HEADERS = 100;

	/** In front of all other filters. */
	@Bean
	FilterRegistrationBean<OverloadFilter> overloadFilter(WaitingRequests waiting, TokenProperties token,
			DecisionListener listener) {
		FilterRegistrationBean<OverloadFilter> filter = new FilterRegistrationBean<>(
				new OverloadFilter(waiting, new Line(Ticker.systemTicker()), listener));
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
		filter.addUrlPatterns(token.basePath() + "/*");
		return filter;
	}

	/** In front of the others, so that what they do is in the time too. */
	@Bean
	FilterRegistrationBean<AnswerTimesFilter> answerTimesFilter(DecisionListener listener, TokenProperties token) {
		FilterRegistrationBean<AnswerTimesFilter> filter = new FilterRegistrationBean<>(
				new AnswerTimesFilter(listener, Ticker.systemTicker()));
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
		TokenController.PATHS.forEach((path) -> filter.addUrlPatterns(token.basePath() + path));
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

	/** After Boot, which sets what the settings say. */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> noMoreConnectionsThanRoom() {
		return (tomcat) -> tomcat.addConnectorCustomizers(RoomForConnections::limit);
	}

	@Bean
	EndedConnections endedConnections() {
		return new EndedConnections();
	}

	@Bean
	MeterBinder endedConnectionsMeters(EndedConnections ended) {
		return (meters) -> {
			register(meters, "connections", ended, EndedConnections::forRoom);
			register(meters, "threads", ended, EndedConnections::forThreads);
		};
	}

	private static void register(MeterRegistry meters, String scarce, EndedConnections ended,
			ToDoubleFunction<EndedConnections> count) {
		FunctionCounter.builder("connections.ended", ended, count)
			.tag("scarce", scarce)
			.description("Connections that were ended for the sake of others")
			.register(meters);
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

	@Bean
	Leaving leaving() {
		return new Leaving();
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionsThatEnd(Leaving leaving,
			EndedConnections ended) {
		return (tomcat) -> {
			tomcat.setProtocol(ReadDeadlineProtocol.class.getName());
			tomcat.addConnectorCustomizers(ended::of);
			tomcat.addEngineValves(new LastAnswerValve(leaving));
		};
	}

}
