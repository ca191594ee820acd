package dev.ablyauth.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Many users who ask for tokens all the time.
 */
final class SteadyAsking implements AutoCloseable {

	private static final int CALLERS = 12;

	private static final int USERS = 500;

	private static final int PER_SECOND = 150;

	private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

	private final AtomicInteger count = new AtomicInteger();

	private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(CALLERS);

	/** Asks a hundred and fifty times a second, and keeps the answers. */
	SteadyAsking(Caller caller) {
		this((number) -> caller.token("steady" + number % USERS));
	}

	/** Asks as often in another way, and keeps the answers. */
	SteadyAsking(IntFunction<Answer> ask) {
		start(PER_SECOND, (number) -> this.answers.add(ask.apply(number)));
	}

	/**
	 * Asks as its owner says.
	 * @param perSecond how often
	 * @param ask what to do the first, the second time, and so on; throws nothing
	 */
	SteadyAsking(int perSecond, IntConsumer ask) {
		start(perSecond, ask);
	}

	private void start(int perSecond, IntConsumer ask) {
		long micros = CALLERS * 1_000_000L / perSecond;
		for (int i = 0; i < CALLERS; i++) {
			Future<?> unused = this.callers.scheduleAtFixedRate(() -> ask.accept(this.count.incrementAndGet()),
					i * micros / CALLERS, micros, TimeUnit.MICROSECONDS);
		}
	}

	/** The answers to what was asked from one time to another. */
	List<Answer> between(long from, long to) {
		return this.answers.stream().filter((answer) -> answer.begunAt() >= from && answer.begunAt() < to).toList();
	}

	List<Answer> since(long from) {
		return between(from, Long.MAX_VALUE);
	}

	/** How many of each status there were. */
	static SortedMap<Integer, Long> statuses(List<Answer> answers) {
		return answers.stream().collect(Collectors.groupingBy(Answer::status, TreeMap::new, Collectors.counting()));
	}

	/** The time that 99 of 100 did not take longer than. */
	static long p99(List<Answer> answers) {
		long[] millis = answers.stream().mapToLong(Answer::millis).toArray();
		Arrays.sort(millis);
		return millis[(int) (millis.length * 0.99)];
	}

	/** Lets what was asked be answered. */
	@Override
	public void close() {
		this.callers.shutdown();
		try {
			this.callers.awaitTermination(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
