package dev.ablyauth.policy;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.ablyauth.ably.Operations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the policy.
 */
@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {

	private static final Logger LOGGER = LoggerFactory.getLogger(PolicyConfiguration.class);

	@Bean
	PolicyLoader policyLoader(PolicyFileProperties settings, Operations operations) {
		return settings.loader(operations);
	}

	@Bean
	LivePolicy livePolicy(PolicyFileProperties settings, PolicyLoader loader, LintContext context,
			ScheduledExecutorService fileWatch) {
		return follow(settings.location(), loader, context, fileWatch);
	}

	@Bean
	TrialPolicy trialPolicy(LivePolicy livePolicy, PolicyLoader loader, Operations operations, LintContext context) {
		return new TrialPolicy(livePolicy, loader, new PolicyReader(operations), context);
	}

	@Bean
	LivePolicy.Shadow shadow(PolicyFileProperties settings, PolicyLoader loader, LintContext context,
			ScheduledExecutorService fileWatch) {
		String location = settings.shadow();
		return new LivePolicy.Shadow((location != null) ? follow(location, loader, context, fileWatch) : null);
	}

	/** One thread looks at all files that are followed, also those of other rooms. */
	@Bean(destroyMethod = "shutdownNow")
	ScheduledExecutorService fileWatch() {
		return Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "file-watch");
			thread.setDaemon(true);
			return thread;
		});
	}

	private static LivePolicy follow(String location, PolicyLoader loader, LintContext context,
			ScheduledExecutorService watch) {
		LivePolicy policy = LivePolicy.of(new PolicyFile(location), loader, context);
		var unused = watch.scheduleWithFixedDelay(() -> look(policy), 1, 1, TimeUnit.SECONDS);
		return policy;
	}

	/** A task that throws would be the last one. */
	private static void look(LivePolicy policy) {
		try {
			policy.look();
		}
		catch (RuntimeException | Error ex) {
			LOGGER.error("The policy file could not be looked at", ex);
		}
	}

}
