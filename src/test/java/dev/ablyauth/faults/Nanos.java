package dev.ablyauth.faults;

import java.util.Arrays;

/**
 * Many times, each of which counts.
 */
final class Nanos {

	private static final double MILLION = 1e6;

	private static final int THOUSAND = 1000;

	private long[] times = new long[THOUSAND];

	private int count;

	void add(long nanos) {
		if (this.count == this.times.length) {
			this.times = Arrays.copyOf(this.times, 2 * this.count);
		}
		this.times[this.count++] = nanos;
	}

	/** The milliseconds that so many of 1,000 did not exceed; 0 where there are none. */
	double millis(int perMille) {
		long[] sorted = Arrays.copyOf(this.times, this.count);
		Arrays.sort(sorted);
		int rank = (int) Math.ceil(this.count * perMille / (double) THOUSAND);
		return (this.count > 0) ? sorted[Math.max(0, rank - 1)] / MILLION : 0;
	}

}
