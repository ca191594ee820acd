package dev.ablyauth;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.ablyauth.jmh.Costs;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;

/**
 * Runs the benchmarks of the parts of a request and prints one table.
 */
public final class PartsBenchmark {

	private static final Map<String, String> PARTS = new LinkedHashMap<>();
	static {
		PARTS.put("SignerBenchmark.jwt", "signing an Ably JWT");
		PARTS.put("SignerBenchmark.jjwt", "the same JWT by jjwt");
		PARTS.put("SignerBenchmark.tokenRequest", "signing a TokenRequest");
		PARTS.put("SessionBenchmark.hs256", "the session, HS256");
		PARTS.put("SessionBenchmark.rs256", "the session, RS256");
		PARTS.put("SessionBenchmark.rsaAlone", "one RSA verification, 2048 bits");
		PARTS.put("GrantBenchmark.index", "the policy of `policy.sh`, 50 rules");
		PARTS.put("RequestBenchmark.token", "a whole request, HS256 session");
		PARTS.put("ConstantBenchmark.constant", "Tomcat with a constant, the same way");
	}

	private PartsBenchmark() {
	}

	/**
	 * Runs it.
	 * @param args options of JMH
	 * @throws CommandLineOptionException if JMH has no such option
	 * @throws RunnerException if a benchmark fails
	 */
	public static void main(String[] args) throws CommandLineOptionException, RunnerException {
		Collection<RunResult> results = Costs.run(args);
		System.out.println("""

				| Part | CPU us per operation | lowest to highest round | with compiler and GC | KB |
				|---|--:|--:|--:|--:|""");
		PARTS.forEach((name, part) -> results.stream()
			.filter((result) -> result.getParams().getBenchmark().endsWith("." + name))
			.forEach((result) -> System.out.println(String.format(Locale.ROOT, "| %s | %s | %.1f |", part,
					Costs.processor(result), Costs.kilobytes(result)))));
	}

}
