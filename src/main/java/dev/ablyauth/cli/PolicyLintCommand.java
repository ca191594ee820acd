package dev.ablyauth.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.ablyauth.policy.LintContext;
import dev.ablyauth.policy.PolicyCheck;
import dev.ablyauth.policy.PolicyProblem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code policy lint FILE}: errors, failing tests, and what was probably not meant.
 */
@Command(name = "lint",
		description = { "Finds errors in a policy file, and what is no error and was probably not meant.",
				"Needs no settings. Warnings alone do not make it fail.%n" })
final class PolicyLintCommand implements Callable<Integer> {

	private final Console console;

	@Mixin
	private final PolicyOptions policy = new PolicyOptions();

	@Option(names = "--strict", description = "Warnings make it fail too.")
	private boolean strict;

	@Option(names = "--revocable-tokens",
			description = "Revocable tokens are switched on for the key: Ably allows its tokens one hour.")
	private boolean revocableTokens;

	@Option(names = "--claims", paramLabel = "NAME", split = ",",
			description = "All claims that the tokens of the app have: others in the policy are warned of.")
	private @Nullable Set<String> claims;

	@Mixin
	private final Output output = new Output();

	PolicyLintCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() {
		LintContext context = new LintContext(
				this.revocableTokens ? Duration.ofHours(1) : LintContext.DEFAULTS.longestTtl(),
				LintContext.DEFAULTS.maxBytes(), this.claims);
		PolicyCheck check = this.policy.check(context);
		String text = Stream.concat(lines("error", check.problems()), lines("warning", check.warnings()))
			.collect(Collectors.joining("\n"));
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("passed", check.passed());
		json.put("problems", check.problems());
		json.put("warnings", check.warnings());
		boolean isFine = check.passed() && !(this.strict && !check.warnings().isEmpty());
		return this.output.print(new Answer(isFine, text.isEmpty() ? "No errors and no warnings." : text, json),
				this.console.out());
	}

	private Stream<String> lines(String kind, List<PolicyProblem> problems) {
		return problems.stream()
			.map((problem) -> this.policy + ":" + problem.line() + ":" + problem.column() + ": " + kind + ": "
					+ problem.message());
	}

}
