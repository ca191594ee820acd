package dev.ablyauth.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import dev.ablyauth.policy.LintContext;
import dev.ablyauth.policy.PolicyCheck;
import dev.ablyauth.policy.PolicyProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code policy test FILE}: runs the tests of a policy file, one line each.
 */
@Command(name = "test", description = { "Runs the tests in a policy file. Needs no settings.%n" })
final class PolicyTestCommand implements Callable<Integer> {

	private final Console console;

	@Mixin
	private final PolicyOptions policy = new PolicyOptions();

	@Mixin
	private final Output output = new Output();

	PolicyTestCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() {
		PolicyCheck check = this.policy.check(LintContext.DEFAULTS);
		List<PolicyCheck.TestResult> tests = check.tests();
		String text = tests.isEmpty()
				? check.problems().stream().map(PolicyProblem::toString).collect(Collectors.joining("\n"))
				: tests.stream().map(PolicyTestCommand::line).collect(Collectors.joining("\n"));
		Map<String, Object> json = Map.of("passed", check.passed(), "problems", check.problems(), "tests", tests);
		return this.output.print(
				new Answer(check.passed() && !tests.isEmpty(), text.isEmpty() ? "There are no tests." : text, json),
				this.console.out());
	}

	private static String line(PolicyCheck.TestResult test) {
		return test.passed() ? "passed  " + test.name() : "FAILED  " + test.message();
	}

}
