package dev.ablyauth.revocation;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;

import dev.ablyauth.ably.ClockOffset;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires revocations and their way to Ably, where a store is named.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("ably-auth.deny-list.url")
class OutboxConfiguration {

	@Bean
	RecentSeconds recentSeconds() {
		return new RecentSeconds();
	}

	@Bean
	AblyTime ablyTime(Clock clock, ClockOffset offset) {
		return new AblyTime(clock, offset);
	}

	/** One for all, so that each is told once. */
	@Bean
	StoredSpecifiers storedSpecifiers() {
		return new StoredSpecifiers();
	}

	/** Nobody waits for a command. */
	@Bean
	Instances instances(DenyListProperties settings, StoreConnections store, ObjectProvider<SendsRevocations> sends) {
		return new Instances(kind(settings) == StoreKind.POSTGRESQL && isServer(sends), store.reading(),
				store.writing(), new SecureRandom());
	}

	@Bean
	OutboxSync outboxSync(StoreConnections store, StoredSpecifiers specifiers, RecentSeconds recent,
			Instances instances, AblyTime time) {
		return new OutboxSync(new RevocationReads(store.reading(), specifiers), recent, instances, time);
	}

	@Bean
	RevocationWrites revocationWrites(DenyListProperties settings, StoreConnections store, TokenKeys tokenKeys,
			ClientIdsOfUsers users, RecentSeconds recent, AblyTime time) {
		return new RevocationWrites(store.writing(), ends(settings, tokenKeys), new TargetSpecifiers(users), recent,
				time, new SecureRandom());
	}

	private static TokenEnds ends(DenyListProperties settings, TokenKeys tokenKeys) {
		return new TokenEnds(tokenKeys, LateTokens.after(settings.maxStaleness()));
	}

	@Bean
	RevocationWorker revocationWorker(DenyListProperties settings, StoreConnections store, StoreCare care,
			StoredSpecifiers specifiers, TokenKeys tokenKeys, RevocationWrites writes, Instances instances,
			AblyTime time, ObjectProvider<SendsRevocations> sends) {
		RevocationWorker worker = new RevocationWorker(
				new OutboxClaims(store.writing(), tokenKeys, specifiers, new SecureRandom()),
				new OutboxResults(store.writing()), new OutboxRepeats(store.writing(), writes, specifiers, care),
				new OutboxEnds(store.writing(), tokenKeys), new OutboxTimes(store.writing(), writes, specifiers, care),
				new OutboxKeys(store.writing(), new RevocationReads(store.writing(), specifiers), writes,
						ends(settings, tokenKeys)),
				instances, tokenKeys, time);
		// Also where no key can revoke: what waits from before has to come to an end.
		if (isServer(sends)) {
			worker.start();
		}
		return worker;
	}

	/** For the health. */
	@Bean
	Supplier<Backlog> backlog(RevocationWorker worker) {
		return worker::backlog;
	}

	@Bean
	MeterBinder revocationMeters(RevocationWorker worker) {
		return (meters) -> Gauge.builder("revocations.waiting", worker, (each) -> each.backlog().waiting())
			.description("How many revocations, one for each target and key, Ably has not taken yet")
			.register(meters);
	}

	@Bean
	Revocations revocations(StoreConnections store, StoreCare care, StoredSpecifiers specifiers, Denials denials,
			RevocationWrites writes, DenyListSync sync, RevocationWorker worker, Clock clock) {
		return new Revocations(denials, new StoreTransaction(store.writing()), writes,
				new RevocationReads(store.writing(), specifiers), care, new OldKeys(store.writing()), () -> {
					sync.wake();
					worker.wake();
				}, clock);
	}

	/** What a command writes is told and sent by a server. */
	static boolean isServer(ObjectProvider<SendsRevocations> sends) {
		return sends.getIfAvailable(() -> new SendsRevocations(true)).here();
	}

	private static StoreKind kind(DenyListProperties settings) {
		return Objects.requireNonNull(StoreKind.of(Objects.requireNonNull(settings.url())));
	}

}
