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
		List<String> segments = new ArrayList<>();
		int start = 0;
		for (int end = name.indexOf(':'); end >= 0; end = name.indexOf(':', start)) {
			segments.add(name.substring(start, end));
			start = end + 1;
		}
		segments.add(name.substring(start));
		return new SegmentPattern(segments);
	}

	private boolean isWildcard(int index) {
		return this.segments.get(index).equals(WILDCARD);
	}

	private boolean isTail(int index) {
		return index == this.segments.size() - 1 && isWildcard(index);
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
		boolean same = this.segments.size() == other.segments.size();
		for (int index = 0; same && index < this.segments.size(); index++) {
			same = isWildcard(index) == other.isWildcard(index);
		}
		return same;
	}

	@Override
	public String toString() {
		return String.join(":", this.segments);
	}

}
