package dev.ablyauth.web;

import java.util.concurrent.Executor;

import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * As many threads for requests as the processors can use, and two more for each that
 * waits for somebody else, up to the number in the settings: whoever comes behind it may
 * have to wait as well. Two hundred that all work are no faster than a few, and right
 * after the start they leave no time to the threads that compile the code. Called by one
 * thread.
 */
final class RequestThreads {

	/** One works, and the others are there when it waits for a moment. */
	private static final int FOR_EACH_PROCESSOR = 4;

	/** More than may wait inside of a driver for the store, which looks like work. */
	static final int FEWEST = 8;

	/** So many looks that find fewer enough, and there may be fewer. */
	static final int CALM = 500;

	private final ThreadPoolExecutor threads;

	private final int few;

	private final int most;

	private int calm;

	private RequestThreads(ThreadPoolExecutor threads, int processors) {
		this.threads = threads;
		this.most = threads.getMaximumPoolSize();
		this.few = Math.min(this.most, Math.max(FEWEST, FOR_EACH_PROCESSOR * processors));
		allow(this.few);
	}

	/** Returns null where threads are made for each request. */
	static @Nullable RequestThreads of(@Nullable Executor executor, int processors) {
		return (executor instanceof ThreadPoolExecutor threads) ? new RequestThreads(threads, processors) : null;
	}

	/**
	 * Decides how many there may be until the next look.
	 * @param waiting how many of them wait for a session service, a store, or the client
	 */
	void look(int waiting) {
		int allowed = this.threads.getMaximumPoolSize();
		int wanted = Math.min(this.most, this.few + 2 * waiting);
		this.calm = (wanted < allowed) ? this.calm + 1 : 0;
		if ((wanted > allowed && isShort()) || this.calm >= CALM) {
			this.calm = 0;
			allow(wanted);
		}
	}

	/** Tells whether requests wait and there may be no more threads for them. */
	boolean areTooFew() {
		return isShort() && this.threads.getMaximumPoolSize() == this.most;
	}

	/** A queue alone is no sign: each request is in it for a moment. */
	private boolean isShort() {
		return this.threads.getActiveCount() >= this.threads.getMaximumPoolSize() && !this.threads.getQueue().isEmpty();
	}

	/** The core too, because threads beyond it begin with new requests only. */
	private void allow(int count) {
		if (count > this.threads.getMaximumPoolSize()) {
			this.threads.setMaximumPoolSize(count);
			this.threads.setCorePoolSize(count);
		}
		else {
			this.threads.setCorePoolSize(count);
			this.threads.setMaximumPoolSize(count);
		}
	}

}
