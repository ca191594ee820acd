package dev.ablyauth.web;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LineTests {

	private static final long STEP = Line.GONE / 2;

	private long now = Long.MAX_VALUE - Line.YOUNG / 2;

	private final Line line = new Line(() -> this.now);

	@Test
	void isTooLongWhenItIsYoungThenOnlyBeyondTheLongest() {
		assertThat(this.line.isTooLong(Line.LONG)).isFalse();
		assertThat(this.line.isTooLong(Line.LONG + 1)).isTrue();
		assertThat(this.line.isTooLong(Line.LONG)).isFalse();
	}

	@Test
	void isTooLongWhenItStandsThenBeyondTheShortest() {
		stand(Line.YOUNG - STEP, Line.SHORT + 1);
		assertThat(this.line.isTooLong(Line.SHORT + 1)).isFalse();
		this.now += STEP;
		assertThat(this.line.isTooLong(Line.SHORT + 1)).isTrue();
		assertThat(this.line.isTooLong(Line.SHORT)).isFalse();
	}

	/** It becomes short for a moment just because some are refused. */
	@Test
	void isTooLongWhenItWasShortForAMomentThenItStillStands() {
		stand(Line.YOUNG + STEP, Line.LONG);
		this.now += STEP / 2;
		assertThat(this.line.isTooLong(0)).isFalse();
		assertThat(this.line.isTooLong(Line.SHORT + 1)).isTrue();
	}

	/** A crowd each second, as pauses of the collector make it. */
	@Test
	void isTooLongWhenItBecameShortInBetweenThenItIsYoung() {
		for (int i = 0; i < 100; i++) {
			stand(STEP, Line.SHORT + 1);
			assertThat(this.line.isTooLong(Line.SHORT)).isFalse();
			assertThat(this.line.isTooLong(Line.LONG)).isFalse();
		}
	}

	@Test
	void isTooLongWhenItWasAwayThenItIsYoungAgain() {
		stand(Line.YOUNG + STEP, Line.LONG);
		this.now += Line.GONE;
		assertThat(this.line.isTooLong(Line.LONG)).isFalse();
		assertThat(this.line.isTooLong(Line.LONG + 1)).isTrue();
	}

	private void stand(long nanos, int waiting) {
		for (long step = 0; step < nanos / STEP; step++) {
			this.line.isTooLong(waiting);
			this.now += STEP;
		}
	}

}
