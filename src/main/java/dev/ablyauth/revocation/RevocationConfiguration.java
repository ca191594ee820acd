package dev.ablyauth.revocation;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the deny-list.
 */
@Configuration(proxyBeanMethods = false)
class RevocationConfiguration {

	private static final String URL = "ably-auth.deny-list.url";

	/**
	 * Where a store is named, which it always is in the server.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(URL)
	static class Kept {

		@Bean
		StoreConnections storeConnections(DenyListProperties settings) {
			return new StoreConnections(settings);
		}

		@Bean
		DenyListCopy denyListCopy() {
			return new DenyListCopy();
		}

		@Bean
		Freshness denyListFreshness(DenyListProperties settings) {
			return new Freshness(Ticker.systemTicker(), settings.maxStaleness());
		}

		@Bean
		DenyListSync denyListSync(DenyListProperties settings, StoreConnections store, DenyListCopy copy,
				OutboxSync outbox, Freshness freshness, Clock clock, MeterRegistry meters,
				ObjectProvider<SendsRevocations> sends) {
			Timer lag = Timer.builder("deny.list.lag")
				.description("From the moment of a change to the moment when this instance has it")
				.publishPercentiles(0.5, 0.99)
				.register(meters);
			StoreSchema schema = new StoreSchema(kind(settings), StoreConnections.single(settings), new SecureRandom());
			StoreStart start = new StoreStart(store.file(), schema, OutboxConfiguration.isServer(sends));
			DenyListSync sync = new DenyListSync(new DenialReads(store.reading()), start, copy, outbox, freshness,
					clock, (duration) -> lag.record(duration.isNegative() ? Duration.ZERO : duration));
			sync.start();
			return sync;
		}

		/** Only PostgreSQL speaks, and where it does not, the reads of each second do. */
		@Bean
		DenyListListener denyListListener(DenyListProperties settings, DenyListSync sync) {
			DenyListListener listener = new DenyListListener(StoreConnections.single(settings), sync::wake);
			if (kind(settings) == StoreKind.POSTGRESQL) {
				listener.start();
			}
			return listener;
		}

		@Bean
		StoreCare storeCare(DenyListProperties settings, StoreConnections store) {
			return new StoreCare(kind(settings), store.writing(), store.file());
		}

		@Bean
		Denials denials(StoreCare care, StoreConnections store, DenyListCopy copy, Clock clock) {
			return new Denials(new DenialWrites(care, store.writing()), new DenialReads(store.writing()), copy, clock,
					new SecureRandom());
		}

		@Bean
		DenyList denyList(DenyListCopy copy, Freshness freshness, DenyListSync sync) {
			return new DenyList(copy, freshness, sync::fault);
		}

		private static StoreKind kind(DenyListProperties settings) {
			return Objects.requireNonNull(StoreKind.of(Objects.requireNonNull(settings.url())));
		}

	}

	/**
	 * Inside of an app that names none.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = URL, havingValue = "none", matchIfMissing = true)
	static class None {

		@Bean
		DenyList denyList() {
			return DenyList.none();
		}

	}

}
