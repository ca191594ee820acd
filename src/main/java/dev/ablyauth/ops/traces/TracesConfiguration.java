package dev.ablyauth.ops.traces;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Wires what Boot's traces need here.
 */
@Configuration(proxyBeanMethods = false)
class TracesConfiguration {

	@Bean
	QuietRequests quietRequests() {
		return new QuietRequests();
	}

	/** In the place of Boot's own. */
	@Bean
	@Order(MicrometerTracingAutoConfiguration.RECEIVER_TRACING_OBSERVATION_HANDLER_ORDER)
	@ConditionalOnBooleanProperty("management.opentelemetry.enabled")
	QuietSpans<?> quietSpans(Tracer tracer, Propagator propagator) {
		return new QuietSpans<>(tracer, propagator);
	}

}
