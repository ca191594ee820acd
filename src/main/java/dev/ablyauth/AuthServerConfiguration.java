package dev.ablyauth;

import java.time.Clock;
import java.util.List;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.audit.AuditProperties;
import dev.ablyauth.issuing.EmbeddingProperties;
import dev.ablyauth.issuing.KeyMemoryProperties;
import dev.ablyauth.issuing.KeyProperties;
import dev.ablyauth.issuing.TokenProperties;
import dev.ablyauth.policy.LintContext;
import dev.ablyauth.policy.PolicyFileProperties;
import dev.ablyauth.rest.AblyRestProperties;
import dev.ablyauth.rest.SteadyClock;
import dev.ablyauth.revocation.DenyListProperties;
import dev.ablyauth.session.SessionProperties;
import dev.ablyauth.session.TrustedPeers;
import dev.ablyauth.web.AdminProperties;
import dev.ablyauth.web.LogoutProperties;
import dev.ablyauth.web.RateLimitProperties;
import dev.ablyauth.web.WebProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Hands each room its own part of the settings, after all of them were checked.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuthServerProperties.class)
class AuthServerConfiguration {

	/** Nobody sets it, so nobody is let in or kept out because somebody sets another. */
	@Bean
	SteadyClock clock() {
		return new SteadyClock(Clock.systemUTC(), Ticker.systemTicker());
	}

	@Bean
	Operations operations(AuthServerProperties settings) {
		return settings.ably().operations();
	}

	@Bean
	AblyRestProperties ablyRestProperties(AuthServerProperties settings) {
		return settings.ably().rest();
	}

	@Bean
	List<KeyProperties> keyProperties(AuthServerProperties settings, ConfigurableEnvironment environment) {
		return new ConfigTreeKeys(environment).find(settings.keys());
	}

	@Bean
	PolicyFileProperties policyFileProperties(AuthServerProperties settings) {
		return settings.policyFile();
	}

	/** The key that signs first may do with less than a day. */
	@Bean
	LintContext lintContext(AuthServerProperties settings) {
		return new LintContext(settings.keys().get(0).longestTtl(), settings.token().maxBytes(), null);
	}

	@Bean
	TokenProperties tokenProperties(AuthServerProperties settings) {
		return settings.token();
	}

	@Bean
	EmbeddingProperties embeddingProperties(AuthServerProperties settings) {
		return settings.embed();
	}

	@Bean
	DenyListProperties denyListProperties(AuthServerProperties settings) {
		return settings.denyList();
	}

	@Bean
	SessionProperties sessionProperties(AuthServerProperties settings) {
		return settings.sessions();
	}

	/** Whose words count, for whoever has to know: addresses as well as users. */
	@Bean
	TrustedPeers trustedPeers(AuthServerProperties settings) {
		return new TrustedPeers(settings.web().trustedProxies());
	}

	@Bean
	WebProperties webProperties(AuthServerProperties settings) {
		return settings.web();
	}

	@Bean
	AuditProperties auditProperties(AuthServerProperties settings) {
		return settings.audit();
	}

	@Bean
	RateLimitProperties rateLimitProperties(AuthServerProperties settings) {
		return settings.rateLimit();
	}

	/** Instances that count together know together who has which key. */
	@Bean
	KeyMemoryProperties keyMemoryProperties(AuthServerProperties settings) {
		return new KeyMemoryProperties(settings.rateLimit().meetingPlace());
	}

	@Bean
	AdminProperties adminProperties(AuthServerProperties settings) {
		return settings.admin();
	}

	@Bean
	LogoutProperties logoutProperties(AuthServerProperties settings) {
		return settings.logout();
	}

}
