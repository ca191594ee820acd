package dev.ablyauth.revocation;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.ablyauth.ably.ClientId;

/**
 * One instance that revokes, whose reading and sending wait for the test. Users are who
 * they are to Ably, but for those whose id begins with x.
 */
final class TestOutbox implements AutoCloseable {

	final TestStore store;

	final RevocationWorker worker;

	final Revocations revocations;

	final OutboxClaims claims;

	/** What happens right after a commit. */
	Runnable committed = () -> {
	};

	private final AblyTime time;

	private final TokenKeys keys;

	TestOutbox(DenyListProperties settings, AblyTime time, List<TokenKey> keys) {
		this.time = time;
		this.keys = () -> keys;
		this.store = new TestStore(settings, time);
		SecureRandom random = new SecureRandom();
		TokenEnds ends = new TokenEnds(this.keys, LateTokens.after(settings.maxStaleness()));
		RevocationReads reads = new RevocationReads(this.store.database(), this.store.specifiers);
		RevocationWrites writes = new RevocationWrites(this.store.database(), ends,
				new TargetSpecifiers(
						(id) -> List.of(id.startsWith("x") ? Optional.empty() : Optional.of(ClientId.of(id)))),
				this.store.recent, time, random);
		this.claims = new OutboxClaims(this.store.database(), this.keys, this.store.specifiers, random);
		this.worker = new RevocationWorker(this.claims, new OutboxResults(this.store.database()),
				new OutboxRepeats(this.store.database(), writes, this.store.specifiers, this.store.care),
				new OutboxEnds(this.store.database(), this.keys),
				new OutboxTimes(this.store.database(), writes, this.store.specifiers, this.store.care),
				new OutboxKeys(this.store.database(), reads, writes, ends), this.store.instances, this.keys, time);
		this.revocations = new Revocations(this.store.denials, new StoreTransaction(this.store.database()), writes,
				reads, this.store.care, new OldKeys(this.store.database()), () -> this.committed.run(), time.own());
	}

	/** Reads once, and returns the instance. */
	TestOutbox read() {
		this.store.read();
		return this;
	}

	/** Reads once, and sends what is due. */
	Duration send() {
		this.store.read();
		return this.worker.round();
	}

	RevocationState revoke(String... clientIds) {
		return this.revocations.revoke(wish(clientIds), null);
	}

	static RevocationWish wish(String... clientIds) {
		return new RevocationWish(
				List.of(clientIds).stream().map((id) -> new Target(Target.Kind.CLIENT_ID, id)).toList(), false, "olga");
	}

	RevocationState deny(String user) {
		return Objects.requireNonNull(
				this.revocations.deny(TestDenials.wish(Target.Kind.USER_ID, user), List.of(), null).revocation());
	}

	/** The first target of a revocation as it is now. */
	TargetState now(RevocationState revocation) {
		return this.revocations.find(revocation.id()).orElseThrow().targets().get(0);
	}

	Instant ablyNow() {
		return this.time.now();
	}

	@Override
	public void close() {
		this.worker.close();
		this.store.close();
	}

}
