package dev.ablyauth.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.revocation.Revocations;
import dev.ablyauth.session.LogoutTokens;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The doors for those who say that a session has ended. What they bring proves who they
 * are, so there are no sessions, no bearers and no CORS. One that the settings do not
 * open is not there.
 */
@Configuration(proxyBeanMethods = false)
class LogoutConfiguration {

	@Bean
	Logouts logouts(Revocations revocations, LogoutProperties settings, Clock clock) {
		return new Logouts(revocations, settings.denyFor(), clock);
	}

	@Bean
	LogoutAudit logoutAudit(AuditLog audit, ClientAddresses addresses) {
		return new LogoutAudit(audit, addresses);
	}

	@Bean
	WebhookSignatures webhookSignatures(LogoutProperties settings, Clock clock) {
		return new WebhookSignatures(settings.webhookSecrets().stream().map(WebhookSecretProperties::bytes).toList(),
				clock);
	}

	@Bean
	@Order(17)
	SecurityFilterChain logoutChain(HttpSecurity http, LogoutTokens tokens, LogoutProperties settings,
			LogoutAudit audit) {
		List<RequestMatcher> doors = new ArrayList<>();
		if (!tokens.isOff()) {
			doors.add(AdminPaths.matcher(BackChannelLogoutController.PATH));
		}
		if (settings.hasWebhook()) {
			doors.add(AdminPaths.matcher(WebhookController.PATH));
		}
		return SecurityConfiguration.plain(http)
			.securityMatcher((request) -> doors.stream().anyMatch((door) -> door.matches(request)))
			.addFilterBefore(new LogoutMethodFilter(audit), AuthorizationFilter.class)
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.build();
	}

}
