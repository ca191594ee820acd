package dev.ablyauth.revocation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A revocation without its targets.
 */
record RevocationRow(RevocationId id, long number, @Nullable String denial, boolean allowReauthMargin, String author,
		Instant created) {

	static RevocationRow of(ResultSet row, int index) throws SQLException {
		return new RevocationRow(new RevocationId(row.getString("id")), row.getLong("number"), row.getString("denial"),
				row.getInt("reauth_margin") != 0, row.getString("author"),
				Instant.ofEpochMilli(row.getLong("created")));
	}

	/**
	 * Puts the state together.
	 * @param rows those of the revocation and those of its repeats
	 */
	RevocationState state(List<ProgressRow> rows) {
		Map<Integer, ProgressRow> repeats = rows.stream()
			.filter((row) -> row.number() != this.number)
			.collect(Collectors.toMap(ProgressRow::place, Function.identity()));
		List<TargetState> targets = rows.stream()
			.filter((row) -> row.number() == this.number)
			.map((row) -> new TargetState(row.target(), row.key(), row.progress(),
					row.repeat(repeats.get(row.place()))))
			.toList();
		return new RevocationState(this.id, (this.denial != null) ? DenialId.parse(this.denial) : null,
				this.allowReauthMargin, this.author, this.created, targets);
	}

}
