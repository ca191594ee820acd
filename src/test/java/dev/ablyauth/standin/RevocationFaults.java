package dev.ablyauth.standin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What goes wrong with calls of revokeTokens when a test says so. The next calls meet the
 * faults in their order, one each; further ones find Ably well.
 */
public final class RevocationFaults {

	private final Deque<Fault> next = new ArrayDeque<>();

	private int callsLeft = Integer.MAX_VALUE;

	RevocationFaults() {
	}

	/**
	 * Answers the next call with a status of 500 to 599, and does nothing.
	 * @param status the HTTP status
	 */
	public void answer(int status) {
		add(new Fault(Kind.STATUS, status, Duration.ZERO));
	}

	/**
	 * Takes the next call, and answers it late.
	 * @param time how late
	 */
	public void slow(Duration time) {
		add(new Fault(Kind.SLOW, 0, time));
	}

	/** Takes the next call, and hangs up in the middle of its answer. */
	public void loseAnswer() {
		add(new Fault(Kind.LOST, 0, Duration.ZERO));
	}

	/**
	 * Sets the limit that Ably sets for an app. Calls beyond it get 429.
	 * @param calls how many more are taken
	 */
	public synchronized void limit(int calls) {
		this.callsLeft = calls;
	}

	private synchronized void add(Fault fault) {
		this.next.add(fault);
	}

	synchronized void countCall() {
		if (this.callsLeft == 0) {
			throw new Refused(42910, 429, "Rate limit exceeded");
		}
		this.callsLeft--;
	}

	synchronized Fault take() {
		Fault fault = this.next.poll();
		return (fault != null) ? fault : new Fault(Kind.NONE, 0, Duration.ZERO);
	}

	/** What can go wrong. */
	enum Kind {

		NONE, STATUS, SLOW, LOST

	}

	/**
	 * What goes wrong with one call.
	 *
	 * @param kind what
	 * @param status the HTTP status, if it is one
	 * @param delay how late the answer is
	 */
	record Fault(Kind kind, int status, Duration delay) {
	}

}
