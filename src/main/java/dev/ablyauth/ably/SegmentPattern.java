package dev.ablyauth.ably;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A name cut into segments, some of which may be {@code *}: any one segment inside, any
 * one or more at the end. Two patterns meet in exactly one pattern or in none.
 */
record SegmentPattern(List<String> segments) {

	private static final String WILDCARD = "*";

	SegmentPattern {
		segments = List.copyOf(segments);
	}

	static SegmentPattern parse(String name) {
		return new SegmentPattern(List.of(name.split(":", -1)));
	}

	private boolean isTail(int index) {
		return index == this.segments.size() - 1 && this.segments.get(index).equals(WILDCARD);
	}

	Optional<SegmentPattern> intersect(SegmentPattern other) {
		List<String> both = new ArrayList<>();
		int index = 0;
		while (index < this.segments.size() && index < other.segments.size()) {
			if (isTail(index)) {
				both.addAll(other.segments.subList(index, other.segments.size()));
				return Optional.of(new SegmentPattern(both));
			}
			if (other.isTail(index)) {
				both.addAll(this.segments.subList(index, this.segments.size()));
				return Optional.of(new SegmentPattern(both));
			}
			String mine = this.segments.get(index);
			String others = other.segments.get(index);
			if (!mine.equals(others) && !mine.equals(WILDCARD) && !others.equals(WILDCARD)) {
				return Optional.empty();
			}
			both.add(mine.equals(WILDCARD) ? others : mine);
			index++;
		}
		return (this.segments.size() == other.segments.size()) ? Optional.of(new SegmentPattern(both))
				: Optional.empty();
	}

	/** Tells whether every name of the other pattern is one of this. */
	boolean covers(SegmentPattern other) {
		for (int index = 0; index < this.segments.size(); index++) {
			if (index >= other.segments.size()) {
				return false;
			}
			if (isTail(index)) {
				return true;
			}
			String mine = this.segments.get(index);
			if (other.isTail(index) || (!mine.equals(WILDCARD) && !mine.equals(other.segments.get(index)))) {
				return false;
			}
		}
		return this.segments.size() == other.segments.size();
	}

	boolean hasWildcard() {
		return this.segments.contains(WILDCARD);
	}

	boolean hasPlainStar() {
		return this.segments.stream().anyMatch((segment) -> segment.contains(WILDCARD) && !segment.equals(WILDCARD));
	}

	boolean hasShapeOf(SegmentPattern other) {
		return wildcards().equals(other.wildcards());
	}

	private List<Boolean> wildcards() {
		return this.segments.stream().map(WILDCARD::equals).toList();
	}

	@Override
	public String toString() {
		return String.join(":", this.segments);
	}

}
