package dev.ablyauth.revocation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import dev.ablyauth.ably.ClockOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One instance at a store, whose reading waits for the test.
 */
final class TestStore implements AutoCloseable {

	/** The time that freshness is measured by. */
	final AtomicLong nanos = new AtomicLong();

	final DenyListCopy copy = new DenyListCopy();

	final Freshness freshness = new Freshness(this.nanos::get, Duration.ofSeconds(60));

	final RecentSeconds recent = new RecentSeconds();

	final StoredSpecifiers specifiers = new StoredSpecifiers();

	final Instances instances;

	final OutboxSync outbox;

	final List<Duration> lags = new ArrayList<>();

	final DenyListSync sync;

	final DenyList list;

	final Denials denials;

	final StoreCare care;

	private final StoreConnections connections;

	TestStore(DenyListProperties settings) {
		this(settings, new AblyTime(Clock.systemUTC(), ClockOffset.NONE));
	}

	TestStore(DenyListProperties settings, AblyTime time) {
		this.connections = new StoreConnections(settings);
		try {
			// As the check of the settings does before a server starts.
			this.connections.file().make();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		StoreKind kind = Objects.requireNonNull(StoreKind.of(Objects.requireNonNull(settings.url())));
		SecureRandom random = new SecureRandom();
		Clock clock = time.own();
		this.instances = new Instances(kind == StoreKind.POSTGRESQL, this.connections.reading(),
				this.connections.writing(), random);
		this.outbox = new OutboxSync(new RevocationReads(this.connections.reading(), this.specifiers), this.recent,
				this.instances, time);
		this.sync = new DenyListSync(new DenialReads(this.connections.reading()),
				new StoreStart(this.connections.file(),
						new StoreSchema(kind, StoreConnections.single(settings), random), true),
				this.copy, this.outbox, this.freshness, clock, this.lags::add);
		this.list = new DenyList(this.copy, this.freshness, this.sync::fault);
		this.care = new StoreCare(kind, this.connections.writing(), this.connections.file());
		this.denials = new Denials(new DenialWrites(this.care, this.connections.writing()),
				new DenialReads(this.connections.writing()), this.copy, clock, random);
	}

	static DenyListProperties settings(String url) {
		return settings(url, null, null);
	}

	static DenyListProperties settings(String url, @Nullable String username, @Nullable String password) {
		return new DenyListProperties(url, username, password, Duration.ofSeconds(60));
	}

	/** Reads once, and returns the instance. */
	TestStore read() {
		this.sync.round();
		return this;
	}

	boolean isDenied(String user) {
		return this.list.current().find(Target.Kind.USER_ID, user, Clock.systemUTC().instant()).isPresent();
	}

	DataSource database() {
		return this.connections.writing();
	}

	JdbcClient jdbc() {
		return JdbcClient.create(this.connections.writing());
	}

	@Override
	public void close() {
		this.sync.close();
		this.connections.close();
	}

}
