package dev.ablyauth.rest;

import java.time.Clock;
import java.util.concurrent.Executors;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.policy.CapabilityJson;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the way to Ably.
 */
@Configuration(proxyBeanMethods = false)
class RestConfiguration {

	@Bean
	AblyRestApi ablyRestApi(AblyRestProperties settings, Operations operations, Clock clock) {
		return new AblyRestApi(settings.restUrl(), new CapabilityJson(operations), clock);
	}

	/** A command looks at no clock, and asks when it has to know. */
	@Bean
	ClockWatch clockWatch(AblyRestProperties settings, AblyRestApi ably, SteadyClock clock,
			ObjectProvider<AsksAblysTime> asks) {
		ClockWatch watch = new ClockWatch(ably::clockOffset, settings.timeCheck(), clock, Ticker.systemTicker(),
				Executors.newScheduledThreadPool(2, (task) -> {
					Thread thread = new Thread(task, "clock-watch");
					thread.setDaemon(true);
					return thread;
				}));
		if (asks.getIfAvailable(() -> new AsksAblysTime(true)).always()) {
			watch.start(settings.clock() == AblyRestProperties.ClockSource.ABLY);
		}
		return watch;
	}

}
