package dev.ablyauth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.cli.Rooms;
import dev.ablyauth.cli.UnusableSettingsException;
import dev.ablyauth.issuing.KeyDiscoveries;
import dev.ablyauth.issuing.KeyProperties;
import dev.ablyauth.issuing.TokenIssuer;
import dev.ablyauth.policy.LintContext;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.policy.PolicyFileProperties;
import dev.ablyauth.rest.AblyRestApi;
import dev.ablyauth.rest.AblyRestProperties;
import dev.ablyauth.rest.AsksAblysTime;
import dev.ablyauth.rest.ClockWatch;
import dev.ablyauth.revocation.Denials;
import dev.ablyauth.revocation.DenyList;
import dev.ablyauth.revocation.Revocations;
import dev.ablyauth.revocation.SendsRevocations;
import dev.ablyauth.session.Sessions;
import dev.ablyauth.session.SessionProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Opens the rooms of the server for a command: the same settings, checked in the same
 * way, and no doors. Standard output belongs to the answer of the command, so whatever is
 * logged goes to standard error.
 */
final class CommandRooms implements Rooms.Opener {

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

	private static final Duration LONGEST_WAIT_FOR_THE_TIME = Duration.ofSeconds(2);

	@Override
	public Rooms open(List<String> settings) {
		System.setOut(System.err);
		SpringApplication application = new SpringApplication(CommandConfiguration.class);
		application.setDefaultProperties(AuthServerApplication.defaults());
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setLogStartupInfo(false);
		application.setBannerMode(Banner.Mode.OFF);
		SpareDenyList spare = new SpareDenyList();
		application.addInitializers((context) -> {
			spare.standIn(context.getEnvironment());
			List<String> problems = SettingsCheck.problems(context.getEnvironment());
			if (!problems.isEmpty()) {
				throw new UnusableSettingsException(problems);
			}
		});
		try {
			ConfigurableApplicationContext context = application.run(arguments(settings));
			awaitKeyCapability(context);
			context.getBean(DenyList.class).await(LONGEST_WAIT);
			return rooms(context, spare);
		}
		catch (RuntimeException ex) {
			spare.close();
			throw ex;
		}
	}

	/** A command decides once, so it waits for what the server learns after its start. */
	private static void awaitKeyCapability(ConfigurableApplicationContext context) {
		if (context.getBean(AblyRestProperties.class).discoverKeyCapability()
				&& !context.getBean(KeyDiscoveries.class).await(LONGEST_WAIT)) {
			System.err.println("Ably does not say what the keys may do; what the settings say counts.");
		}
	}

	/** Errors are told by the command, and the audit line is told in any case. */
	private static String[] arguments(List<String> settings) {
		List<String> arguments = new ArrayList<>(
				List.of("--logging.level.root=off", "--logging.level.audit=info", "--logging.pattern.console=%m%n"));
		settings.forEach((setting) -> arguments.add("--" + setting));
		return arguments.toArray(String[]::new);
	}

	private static Rooms rooms(ConfigurableApplicationContext context, SpareDenyList spare) {
		@SuppressWarnings("unchecked") // the only list of this name
		List<KeyProperties> keys = (List<KeyProperties>) context.getBean("keyProperties", List.class);
		return new Rooms(context.getBean(TokenIssuer.class), context.getBean(LivePolicy.class),
				context.getBean(Denials.class), context.getBean(Revocations.class), context.getBean(Sessions.class),
				context.getBean(AblyRestApi.class), context.getBean(Operations.class),
				context.getBean(LintContext.class), keys, context.getBean(PolicyFileProperties.class),
				context.getBean(SessionProperties.class), spare.named(), () -> learnTime(context), () -> {
					context.close();
					spare.close();
				});
	}

	/** Also true where the clock of this machine is the one that counts. */
	private static boolean learnTime(ConfigurableApplicationContext context) {
		return context.getBean(AblyRestProperties.class).clock() == AblyRestProperties.ClockSource.OWN
				|| context.getBean(ClockWatch.class).learn(LONGEST_WAIT_FOR_THE_TIME);
	}

	/** Nobody reads the meters of a command. */
	@Import(RoomsConfiguration.class)
	static class CommandConfiguration {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		/** Most commands have no use for it, and no time. */
		@Bean
		AsksAblysTime asksAblysTime() {
			return new AsksAblysTime(false);
		}

		/** What a command revokes is sent by a server. */
		@Bean
		SendsRevocations sendsRevocations() {
			return new SendsRevocations(false);
		}

	}

}
