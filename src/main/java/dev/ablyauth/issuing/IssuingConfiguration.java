package dev.ablyauth.issuing;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.RecentRevocations;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.remote.RedisAddress;
import dev.ablyauth.remote.RemoteState;
import dev.ablyauth.rest.AblyRestApi;
import dev.ablyauth.rest.AblyRestProperties;
import dev.ablyauth.rest.ClockWatch;
import dev.ablyauth.revocation.ClientIdsOfUsers;
import dev.ablyauth.revocation.DenyList;
import dev.ablyauth.revocation.DenyListProperties;
import dev.ablyauth.revocation.LateTokens;
import dev.ablyauth.revocation.TokenKey;
import dev.ablyauth.revocation.TokenKeys;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
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

	/** One thread. What is cancelled is forgotten at once, with the key that it has. */
	@Bean(destroyMethod = "shutdownNow")
	ScheduledThreadPoolExecutor background() {
		ScheduledThreadPoolExecutor background = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "key-discovery");
			thread.setDaemon(true);
			return thread;
		});
		background.setRemoveOnCancelPolicy(true);
		return background;
	}

	@Bean
	LiveKeys liveKeys(List<KeyProperties> keys, Operations operations, AblyRestApi ably, NewKeys newKeys,
			ScheduledExecutorService fileWatch, DenyListProperties denyList, Clock clock) {
		KeyRings rings = new KeyRings(keys, operations, (key, revocable) -> atAbly(ably, key, revocable),
				LateTokens.after(denyList.maxStaleness()), clock);
		LiveKeys live = new LiveKeys(() -> KeyReadings.of(keys), rings, newKeys);
		if (keys.stream().anyMatch((key) -> key.file() != null)) {
			Future<?> unused = fileWatch.scheduleWithFixedDelay(() -> look(live), 1, 1, TimeUnit.SECONDS);
		}
		return live;
	}

	/** Whoever lets Ably's clock count lets Ably be asked. */
	@Bean
	NewKeys newKeys(AblyRestApi ably, AblyRestProperties settings) {
		boolean asks = settings.clock() == AblyRestProperties.ClockSource.ABLY;
		return new NewKeys((key) -> asks && ably.refuses(key), Ticker.systemTicker());
	}

	private static KeyAtAbly atAbly(AblyRestApi ably, String key, boolean revocable) {
		return new KeyAtAbly(revocable ? ably.revoker(key) : null, () -> ably.keyCapability(key));
	}

	/** A task that throws would be the last one. */
	private static void look(LiveKeys keys) {
		try {
			keys.look();
		}
		catch (RuntimeException | Error ex) {
			LOGGER.error("The key files could not be looked at", ex);
		}
	}

	@Bean
	KeyDiscoveries keyDiscoveries(LiveKeys keys, AblyRestProperties settings, ScheduledExecutorService background) {
		KeyDiscoveries discoveries = new KeyDiscoveries(background);
		if (settings.discoverKeyCapability()) {
			keys.follow(() -> discoveries.follow(keys.current()));
		}
		return discoveries;
	}

	/** All keys, because tokens of any of them may be out. */
	@Bean
	TokenKeys tokenKeys(LiveKeys keys, Clock clock) {
		return () -> keys.known(clock.instant())
			.stream()
			.map((key) -> new TokenKey(key.name(), key.longest().duration(), key.ably().revoker()))
			.toList();
	}

	/** Where no key can ever drain, nobody has to be remembered. */
	@Bean
	KeyHolders keyHolders(List<KeyProperties> keys, TokenProperties settings, KeyMemoryProperties shared, Clock clock,
			MeterRegistry meters) {
		boolean drains = keys.stream().anyMatch((key) -> key.drainUntil() != null);
		RedisKeyMemory redis = (shared.redis() != null) ? redis(shared.redis(), clock, meters) : null;
		return new KeyHolders((drains || redis != null) ? new KeyMemory(Ticker.systemTicker(), redis) : null,
				settings.minTtl());
	}

	/** For the health. */
	@Bean
	RemoteState keysInRedis(KeyHolders holders) {
		return new RemoteState("keys", holders::isFailing, "who has an old key may be taken for a newcomer");
	}

	private static RedisKeyMemory redis(RedisAddress address, Clock clock, MeterRegistry meters) {
		RedisKeyMemory redis = new RedisKeyMemory(address, clock, Ticker.systemTicker()).start();
		FunctionCounter.builder("key.memory.dropped", redis, RedisKeyMemory::dropped)
			.description("How often Redis was not told which key a client has, because it was away or too slow")
			.register(meters);
		return redis;
	}

	@Bean
	ClientIdsOfUsers clientIdsOfUsers(LivePolicy policy, Clock clock) {
		UsersAtAbly users = new UsersAtAbly(SigningKey.LONGEST.duration(), clock);
		policy.follow(users::follow);
		return users;
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
	TokenIssuer tokenIssuer(DenyList denyList, LivePolicy policy, ShadowPolicy shadow, LiveKeys keys,
			KeyHolders holders, TokenProperties settings, IssueTimes times, AblyRestApi ably, AuditLog audit,
			DecisionListener listener) {
		SecureRandom random = new SecureRandom();
		Decisions decisions = new Decisions(settings, new Lifetimes(settings, random), times, new Nonces(random));
		return new TokenIssuer(denyList, policy, shadow, keys, holders, times, decisions, new Seal(ably::redeem),
				new IssueAudit(audit, listener));
	}

}
