package dev.ablyauth.issuing;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.RecentRevocations;
import dev.ablyauth.ably.TokenRevoker;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.rest.AblyRestApi;
import dev.ablyauth.rest.AblyRestProperties;
import dev.ablyauth.rest.ClockWatch;
import dev.ablyauth.revocation.ClientIdsOfUsers;
import dev.ablyauth.revocation.DenyList;
import dev.ablyauth.revocation.TokenKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the issuer.
 */
@Configuration(proxyBeanMethods = false)
class IssuingConfiguration {

	private static final Logger LOGGER = LoggerFactory.getLogger(IssuingConfiguration.class);

	/** One thread, which is not there while there is nothing to do. */
	@Bean(destroyMethod = "shutdownNow")
	ScheduledExecutorService background() {
		return Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "key-discovery");
			thread.setDaemon(true);
			return thread;
		});
	}

	@Bean
	KeyCapability keyCapability(List<KeyProperties> keys, Operations operations) {
		return new KeyCapability(keys.get(0).ownCapability(operations));
	}

	@Bean
	KeyDiscovery keyDiscovery(List<KeyProperties> keys, KeyCapability keyCapability, AblyRestProperties settings,
			AblyRestApi ably, ScheduledExecutorService background) {
		KeyProperties first = keys.get(0);
		String key = first.text();
		KeyDiscovery discovery = new KeyDiscovery(first.key().name(), () -> ably.keyCapability(key), keyCapability,
				background);
		if (settings.discoverKeyCapability()) {
			discovery.start();
		}
		return discovery;
	}

	@Bean
	SigningKey signingKey(List<KeyProperties> keys, KeyCapability keyCapability) {
		KeyProperties first = keys.get(0);
		SigningKey key = new SigningKey(first.key(), keyCapability, first.revocableTokens());
		if (key.key().secret().isShort()) {
			LOGGER.warn("The secret of the key {} is one of Ably's old, short ones; a new key has a longer one",
					key.key().name());
		}
		return key;
	}

	/** One for each key whose tokens can be revoked. */
	@Bean
	List<TokenRevoker> tokenRevokers(List<KeyProperties> keys, AblyRestApi ably) {
		return keys.stream().filter(KeyProperties::revocableTokens).map((key) -> ably.revoker(key.text())).toList();
	}

	/** All keys, because tokens of any of them may be out. */
	@Bean
	List<TokenKey> tokenKeys(List<KeyProperties> keys, List<TokenRevoker> tokenRevokers) {
		return keys.stream().map((key) -> {
			KeyName name = key.key().name();
			return new TokenKey(name, key.longestTtl(),
					tokenRevokers.stream().filter((revoker) -> revoker.key().equals(name)).findFirst().orElse(null));
		}).toList();
	}

	@Bean
	ClientIdsOfUsers clientIdsOfUsers(LivePolicy policy) {
		return (user) -> policy.current().clientIdOf(user);
	}

	@Bean
	Embedding embedding(EmbeddingProperties settings) {
		return new Embedding(settings);
	}

	@Bean
	ShadowPolicy shadowPolicy(LivePolicy.Shadow shadow, AuditLog audit) {
		return new ShadowPolicy(shadow.policy(), audit);
	}

	@Bean
	IssueTimes issueTimes(TokenProperties settings, ObjectProvider<RecentRevocations> revocations, ClockWatch clock) {
		return new IssueTimes(settings.iatBackdate(), revocations.getIfAvailable(() -> RecentRevocations.NONE), clock,
				(wait) -> Thread.sleep(wait.plusMillis(1).toMillis()));
	}

	@Bean
	TokenIssuer tokenIssuer(DenyList denyList, LivePolicy policy, ShadowPolicy shadow, SigningKey signingKey,
			TokenProperties settings, IssueTimes times, AblyRestApi ably, AuditLog audit) {
		SecureRandom random = new SecureRandom();
		return new TokenIssuer(denyList, policy, shadow, signingKey, settings, new Lifetimes(settings, random), times,
				new Nonces(random), ably::redeem, new IssueAudit(audit));
	}

}
