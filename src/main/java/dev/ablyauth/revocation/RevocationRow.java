package dev.ablyauth.revocation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A revocation without its targets.
 */
record RevocationRow(RevocationId id, @Nullable DenialId denial, boolean allowReauthMargin, String author,
		Instant created) {

	static RevocationRow of(ResultSet row, int index) throws SQLException {
		String denial = row.getString("denial");
		return new RevocationRow(new RevocationId(row.getString("id")),
				(denial != null) ? DenialId.parse(denial) : null, row.getInt("reauth_margin") != 0,
				row.getString("author"), Instant.ofEpochMilli(row.getLong("created")));
	}

	/**
	 * Puts the state together.
	 * @param rows those of the revocation and those of its repeats, which have the same
	 * places and come later
	 */
	RevocationState state(List<ProgressRow> rows) {
		TreeMap<Integer, List<ProgressRow>> places = rows.stream()
			.collect(Collectors.groupingBy(ProgressRow::place, TreeMap::new, Collectors.toList()));
		return new RevocationState(this.id, this.denial, this.allowReauthMargin, this.author, this.created,
				places.values().stream().map(RevocationRow::target).toList());
	}

	private static TargetState target(List<ProgressRow> ofOnePlace) {
		ProgressRow first = ofOnePlace.get(0);
		ProgressRow repeat = (ofOnePlace.size() > 1) ? ofOnePlace.get(1) : null;
		return new TargetState(first.target(), first.key(), first.progress(), first.repeat(repeat));
	}

	/** What a list shows of it. */
	RevocationSummary summary(ResultSet row) throws SQLException {
		return new RevocationSummary(this.id, this.denial, this.allowReauthMargin, this.author, this.created,
				row.getInt("entries"), row.getInt("waiting"));
	}

}
