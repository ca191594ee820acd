package dev.ablyauth.jmh;

import java.util.Collection;
import java.util.Locale;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs benchmarks, and tells what {@link CpuTime} found.
 */
public final class Costs {

	private static final int MEDIAN = 50;

	private Costs() {
	}

	/**
	 * Runs them.
	 * @param args options of JMH
	 * @return one for each row
	 * @throws CommandLineOptionException if JMH has no such option
	 * @throws RunnerException if a benchmark fails
	 */
	public static Collection<RunResult> run(String... args) throws CommandLineOptionException, RunnerException {
		return new Runner(new OptionsBuilder().parent(new CommandLineOptions(args))
			.addProfiler(CpuTime.class)
			.shouldFailOnError(true)
			.build()).run();
	}

	/**
	 * Returns three columns: the processor time of the measuring thread, its lowest to
	 * highest round, and that of the whole process.
	 * @param result of a benchmark
	 * @return microseconds
	 */
	public static String processor(RunResult result) {
		Statistics rounds = of(result, CpuTime.THREAD);
		return String.format(Locale.ROOT, "%.1f | %.1f to %.1f | %.1f", rounds.getPercentile(MEDIAN), rounds.getMin(),
				rounds.getMax(), of(result, CpuTime.PROCESS).getPercentile(MEDIAN));
	}

	/**
	 * Returns the processor time of the measuring thread.
	 * @param result of a benchmark
	 * @return microseconds
	 */
	public static double thread(RunResult result) {
		return of(result, CpuTime.THREAD).getPercentile(MEDIAN);
	}

	/**
	 * Returns the memory that was allocated.
	 * @param result of a benchmark
	 * @return KB
	 */
	public static double kilobytes(RunResult result) {
		return of(result, CpuTime.BYTES).getPercentile(MEDIAN) / 1024;
	}

	/**
	 * Returns what JMH measures by the clock.
	 * @param result of a benchmark
	 * @return microseconds
	 */
	public static double clock(RunResult result) {
		return result.getPrimaryResult().getStatistics().getPercentile(MEDIAN);
	}

	private static Statistics of(RunResult result, String name) {
		return result.getSecondaryResults().get(name).getStatistics();
	}

}
