package dev.ablyauth.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.ablyauth.jmh.Costs;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;

/**
 * Runs {@link GrantBenchmark} and prints one table.
 */
public final class PolicyBenchmark {

	private static final Map<String, String> WAYS = Map.of("index", "this server", "loop", "plain loop over all rules");

	private PolicyBenchmark() {
	}

	/**
	 * Runs it.
	 * @param args options of JMH
	 * @throws CommandLineOptionException if JMH has no such option
	 * @throws RunnerException if the benchmark fails
	 */
	public static void main(String[] args) throws CommandLineOptionException, RunnerException {
		Collection<RunResult> results = Costs.run(args);
		System.out.println(
				"""

						| Rules | Way | CPU us per grant | lowest to highest round | with compiler and GC | clock us | KB | times 10 rules |
						|--:|---|--:|--:|--:|--:|--:|--:|""");
		results.stream()
			.sorted(Comparator.comparing(PolicyBenchmark::rules).thenComparing(PolicyBenchmark::way))
			.forEach((result) -> System.out.println(row(result, List.copyOf(results))));
	}

	private static int rules(RunResult result) {
		return Integer.parseInt(result.getParams().getParam("rules"));
	}

	private static String way(RunResult result) {
		return result.getPrimaryResult().getLabel();
	}

	private static String row(RunResult result, List<RunResult> all) {
		return String.format(Locale.ROOT, "| %d | %s | %s | %.1f | %.1f | %s |", rules(result), WAYS.get(way(result)),
				Costs.processor(result), Costs.clock(result), Costs.kilobytes(result), timesTen(result, all));
	}

	private static String timesTen(RunResult result, List<RunResult> all) {
		return all.stream()
			.filter((other) -> rules(other) == 10 && way(other).equals(way(result)))
			.findFirst()
			.map((ten) -> String.format(Locale.ROOT, "%.2f", Costs.thread(result) / Costs.thread(ten)))
			.orElse("");
	}

}
