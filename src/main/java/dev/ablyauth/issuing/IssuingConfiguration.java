package dev.ablyauth.issuing;

import java.security.SecureRandom;
import java.util.List;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.policy.LivePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the issuer.
 */
@Configuration(proxyBeanMethods = false)
class IssuingConfiguration {

	private static final Logger LOGGER = LoggerFactory.getLogger(IssuingConfiguration.class);

	@Bean
	SigningKey signingKey(List<KeyProperties> keys, Operations operations) {
		KeyProperties first = keys.get(0);
		SigningKey key = new SigningKey(first.key(), first.ownCapability(operations), first.revocableTokens());
		if (key.key().secret().isShort()) {
			LOGGER.warn("The secret of the key {} is one of Ably's old, short ones; a new key has a longer one",
					key.key().name());
		}
		return key;
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
	TokenIssuer tokenIssuer(LivePolicy policy, ShadowPolicy shadow, SigningKey signingKey, TokenProperties settings,
			AuditLog audit) {
		SecureRandom random = new SecureRandom();
		return new TokenIssuer(policy, shadow, signingKey, settings, new Lifetimes(settings, random),
				new Nonces(random), new IssueAudit(audit));
	}

}
