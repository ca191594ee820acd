package dev.ablyauth.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import dev.ablyauth.ably.IssuedBefore;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Revocation;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes what is due, so that no other instance sends it at the same time. Who dies with a
 * claim leaves it to the others after a while.
 */
final class OutboxClaims {

	/** A call to Ably takes 7 s at most. */
	static final Duration LEASE = Duration.ofSeconds(30);

	/** So long an instance is waited for that does not have the denial yet. */
	static final Duration PATIENCE = Duration.ofSeconds(5);

	/**
	 * Each with its turn among those of the same target that wait. Numbered in one go,
	 * because PostgreSQL took a question for each row to all others, as long as it had
	 * not counted the table: 40 s for 10,000 rows.
	 */
	private static final String WAITING = "(select w.*, row_number() over (partition by w.specifier, w.key_name"
			+ " order by w.number, w.place) as turn from ably_auth_revocation_target w where w.state = 'WAITING') t";

	/**
	 * What can be sent: nothing before it, for the same target, may still wait. Next_try
	 * is never before the second.
	 */
	private static final String FIRST_OF_ITS_TARGET = " t.turn = 1 and " + OutboxEnds.UNCLAIMED
			+ " and t.key_name in (:keys) and t.specifier not in (:unknown)";

	private static final String DUE = FIRST_OF_ITS_TARGET + " and t.next_try <= :now"
			+ " and ((t.number <= :revocations and t.change_number <= :changes) or t.issued_before <= :late)";

	/**
	 * The last call failed, and it may be the fault of one target that was in it: Ably
	 * takes it for wrong, or could not cope with it and was not just away. So such a one
	 * is sent alone, and what was in the same call does not share its fate.
	 */
	private static final String ALONE = "(case when t.failure = 'INVALID' or (t.failure = 'UNAVAILABLE'"
			+ " and t.code >= 40000 and t.code not between 50300 and 50499) then 1 else 0 end)";

	private static final String FROM = " from " + WAITING + " join ably_auth_revocation r on r.id = t.revocation where";

	private final JdbcClient jdbc;

	private final TokenKeys keys;

	private final StoredSpecifiers specifiers;

	private final RandomGenerator random;

	/**
	 * Creates it.
	 * @param keys what is for others than those that can revoke now is left alone
	 */
	OutboxClaims(DataSource database, TokenKeys keys, StoredSpecifiers specifiers, RandomGenerator random) {
		this.jdbc = JdbcClient.create(database);
		this.keys = keys;
		this.specifiers = specifiers;
		this.random = random;
	}

	/**
	 * Claims what goes into the next call. What turns out to be unknown to this version
	 * is in no batch, and not claimed again.
	 * @param now Ably's time
	 * @param everywhere what all instances have
	 * @param resting keys that are left out for now
	 */
	Optional<Batch> claim(Instant now, Reached everywhere, Set<KeyName> resting) {
		Map<String, Object> params = params(now, everywhere, resting);
		return this.jdbc.sql("select t.key_name, t.issued_before, r.reauth_margin, " + ALONE + " as alone" + FROM + DUE
		// Not by number, or what fails would always be before what is new.
				+ " order by alone, t.next_try, t.number, t.place limit 1")
			.params(params)
			.query((row,
					index) -> new First(new Batch(DenialId.next(this.random).toString(), new KeyName(row.getString(1)),
							new IssuedBefore(Instant.ofEpochMilli(row.getLong(2))), row.getInt(3) != 0, List.of()),
							row.getInt(4)))
			.optional()
			.map((first) -> fill(first.batch(), first.alone(), now, params));
	}

	private Batch fill(Batch batch, int alone, Instant now, Map<String, Object> params) {
		this.jdbc
			.sql("update ably_auth_revocation_target set claim = :claim, claimed_until = :until"
					+ " where state = 'WAITING' and " + OutboxEnds.UNCLAIMED + " and (number, place) in"
					+ " (select t.number, t.place" + FROM + DUE + " and t.key_name = :key"
					+ " and t.issued_before = :second and r.reauth_margin = :margin and " + ALONE + " = :alone"
					+ " order by t.next_try, t.number, t.place limit :most)")
			.params(params)
			.param("claim", batch.claim())
			.param("until", now.plus(LEASE).toEpochMilli())
			.param("key", batch.key().value())
			.param("second", batch.second().millis())
			.param("margin", batch.allowReauthMargin() ? 1 : 0)
			.param("alone", alone)
			.param("most", (alone != 0) ? 1 : Revocation.MAX_TARGETS)
			.update();
		List<OutboxRow> rows = this.specifiers
			.rows(this.jdbc.sql("select * from ably_auth_revocation_target where claim = ? order by number, place")
				.param(batch.claim()));
		return new Batch(batch.claim(), batch.key(), batch.second(), batch.allowReauthMargin(), rows);
	}

	/**
	 * When something can be sent next, perhaps long ago where instances are waited for.
	 */
	Optional<Instant> next(Instant now) {
		return this.jdbc.sql("select min(t.next_try) from " + WAITING + " where" + FIRST_OF_ITS_TARGET)
			.param("now", now.toEpochMilli())
			.param("never", OutboxEnds.never(now))
			.param("keys", OutboxEnds.names(this.keys))
			.param("unknown", this.specifiers.unknown())
			.query((row, index) -> Optional.of(row.getLong(1)).filter((time) -> time > 0).map(Instant::ofEpochMilli))
			.single();
	}

	/**
	 * What waits for Ably, of all keys. By their seconds, which are not in the future for
	 * long.
	 */
	Backlog backlog(Instant now) {
		return this.jdbc
			.sql("select count(*), min(issued_before) from ably_auth_revocation_target where state = 'WAITING'")
			.query((row, index) -> {
				long oldest = row.getLong(2);
				Duration age = row.wasNull() ? Duration.ZERO : Duration.between(Instant.ofEpochMilli(oldest), now);
				return new Backlog(row.getLong(1), age.isNegative() ? Duration.ZERO : age, "");
			})
			.single();
	}

	private Map<String, Object> params(Instant now, Reached everywhere, Set<KeyName> resting) {
		Set<String> asleep = resting.stream().map(KeyName::value).collect(Collectors.toSet());
		List<String> awake = OutboxEnds.names(this.keys).stream().filter((key) -> !asleep.contains(key)).toList();
		return Map.of("now", now.toEpochMilli(), "never", OutboxEnds.never(now), "keys",
				awake.isEmpty() ? List.of("") : awake, "unknown", this.specifiers.unknown(), "revocations",
				everywhere.revocations(), "changes", everywhere.changes(), "late", now.minus(PATIENCE).toEpochMilli());
	}

	/**
	 * What a call begins with.
	 *
	 * @param batch without its rows
	 * @param alone 1 if it is not to have more than one, else 0
	 */
	private record First(Batch batch, int alone) {
	}

}
