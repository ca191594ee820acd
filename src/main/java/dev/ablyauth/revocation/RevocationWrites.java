package dev.ablyauth.revocation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import javax.sql.DataSource;

import dev.ablyauth.ably.IssuedBefore;
import dev.ablyauth.ably.TargetSpecifier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes revocations down, always within a transaction of the caller. Each begins with
 * the row of the store, so the order of numbers is the order in which they can be seen.
 */
final class RevocationWrites {

	private static final String TARGET = "insert into ably_auth_revocation_target (number, place, revocation,"
			+ " change_number, kind, target, specifier, key_name, issued_before, state, next_try, lives_until, repeat_due)"
			+ " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final TokenEnds ends;

	private final TargetSpecifiers specifiers;

	private final RecentSeconds recent;

	private final AblyTime time;

	private final RandomGenerator random;

	/**
	 * Creates it.
	 * @param ends of the keys whose tokens may be out
	 * @param recent learns of it before anybody else can
	 */
	RevocationWrites(DataSource database, TokenEnds ends, TargetSpecifiers specifiers, RecentSeconds recent,
			AblyTime time, RandomGenerator random) {
		this.template = new JdbcTemplate(database);
		this.jdbc = JdbcClient.create(this.template);
		this.ends = ends;
		this.specifiers = specifiers;
		this.recent = recent;
		this.time = time;
		this.random = random;
	}

	/**
	 * Writes a revocation.
	 * @param numbers by which others find it
	 * @param denial that it belongs to, or null
	 * @param once what makes a repetition the same call, or null
	 */
	RevocationId insert(Numbers numbers, RevocationWish wish, @Nullable DenialId denial, Instant now,
			@Nullable Once once) {
		RevocationId id = RevocationId.next(this.random);
		this.jdbc
			.sql("insert into ably_auth_revocation (id, number, denial, reauth_margin, author, created,"
					+ " idempotency_key, body) values (?, ?, ?, ?, ?, ?, ?, ?)")
			.param(id.value())
			.param(numbers.revocations())
			.param((denial != null) ? denial.toString() : null)
			.param(wish.allowReauthMargin() ? 1 : 0)
			.param(wish.author())
			.param(now.toEpochMilli())
			.param((once != null) ? once.key() : null)
			.param((once != null) ? once.body() : null)
			.update();
		insertTargets(id, wish.targets(), numbers, denial != null);
		return id;
	}

	private void insertTargets(RevocationId id, List<Target> targets, Numbers numbers, boolean repeated) {
		IssuedBefore second = IssuedBefore.next(this.time.now());
		List<Object[]> rows = new ArrayList<>();
		List<RecentSeconds.Entry> recents = new ArrayList<>();
		List<TokenKey> all = this.ends.keys().current();
		for (Target target : targets) {
			for (Optional<TargetSpecifier> specifier : this.specifiers.of(target)) {
				for (TokenKey key : all) {
					OutboxState state = state(specifier, key);
					boolean waits = state == OutboxState.WAITING;
					rows.add(new Object[] { numbers.revocations(), rows.size(), id.value(), numbers.changes(),
							target.kind().label(), target.value(), specifier.map(TargetSpecifier::text).orElse(null),
							key.name().value(), second.millis(), state.name(), second.millis(),
							this.ends.latest(key, second.second()).toEpochMilli(),
							(repeated && waits) ? second.second().plus(this.ends.late()).toEpochMilli() : null });
					if (waits) {
						recents.add(new RecentSeconds.Entry(specifier.orElseThrow(), second));
					}
				}
			}
		}
		// Before the commit: a token that is too young does no harm.
		this.recent.add(recents, this.time.now());
		this.template.batchUpdate(TARGET, rows);
	}

	private static OutboxState state(Optional<TargetSpecifier> specifier, TokenKey key) {
		if (specifier.isEmpty()) {
			return OutboxState.NOTHING;
		}
		return (key.revoker() == null) ? OutboxState.REFUSED : OutboxState.WAITING;
	}

	/** When all tokens have ended that nobody revokes after a denial. */
	Instant tokensEndBy(Instant denied) {
		return this.ends.latest(denied);
	}

	/** Has the lock of the store until the end of the transaction. */
	Numbers next() {
		if (this.jdbc.sql("update ably_auth_store set revocations = revocations + 1").update() != 1) {
			throw new DenialStoreException("its tables were emptied");
		}
		return this.jdbc.sql("select revocations, change_number from ably_auth_store")
			.query((row, index) -> new Numbers(row.getLong(1), row.getLong(2)))
			.single();
	}

	/** The same targets again, with a later second. */
	void repeat(List<OutboxRow> rows, Numbers numbers) {
		IssuedBefore second = IssuedBefore.next(this.time.now());
		this.recent.add(rows.stream().map((row) -> new RecentSeconds.Entry(row.target(), second)).toList(),
				this.time.now());
		this.template.batchUpdate("insert into ably_auth_revocation_target (number, place, revocation, change_number,"
				+ " kind, target, specifier, key_name, issued_before, state, next_try, lives_until)"
				+ " select ?, place, revocation, ?, kind, target, specifier, key_name, ?, 'WAITING', ?, lives_until"
				+ " from ably_auth_revocation_target where number = ? and place = ?",
				rows.stream()
					.map((row) -> new Object[] { numbers.revocations(), numbers.changes(), second.millis(),
							second.millis(), row.number(), row.place() })
					.toList());
	}

	/** The same rows with a second of now, under a number by which others learn it. */
	void correct(List<OutboxRow> rows, Numbers numbers) {
		IssuedBefore second = IssuedBefore.next(this.time.now());
		this.recent.add(rows.stream().map((row) -> new RecentSeconds.Entry(row.target(), second)).toList(),
				this.time.now());
		long repeat = second.second().plus(this.ends.late()).toEpochMilli();
		this.template.batchUpdate(
				"update ably_auth_revocation_target set number = ?, issued_before = ?, next_try = ?, claimed_until = 0,"
						+ " repeat_due = case when repeat_due is null then null else ? end"
						+ " where number = ? and place = ?",
				rows.stream()
					.map((row) -> new Object[] { numbers.revocations(), second.millis(), second.millis(), repeat,
							row.number(), row.place() })
					.toList());
	}

	/**
	 * Where the store is within this transaction.
	 *
	 * @param revocations the number of what is written
	 * @param changes the last change of the deny-list
	 */
	record Numbers(long revocations, long changes) {
	}

}
