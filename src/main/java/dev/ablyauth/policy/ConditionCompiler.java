package dev.ablyauth.policy;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import dev.cel.runtime.CelEvaluationException;

/**
 * Compiles conditions: CEL over what is known of the user and the request. Names and
 * types are checked here, so that a misspelt {@code user.role} is an error of the file
 * and not of a request; {@code claims} is what the session brings, typed when it is
 * asked.
 */
final class ConditionCompiler {

	private static final int MAX_LENGTH = 2048;

	private static final int MAX_NESTED_LOOPS = 2;

	private static final int MAX_LOOPS = 10_000;

	private final Cel cel = CelFactory.plannerCelBuilder()
		.setOptions(CelOptions.current()
			.enableHeterogeneousNumericComparisons(true)
			.comprehensionMaxIterations(MAX_LOOPS)
			.populateMacroCalls(true)
			.build())
		.setStandardMacros(CelStandardMacro.STANDARD_MACROS)
		.addVar(Facts.USER_ID, SimpleType.STRING)
		.addVar(Facts.USER_ROLES, ListType.create(SimpleType.STRING))
		.addVar(Facts.USER_GUEST, SimpleType.BOOL)
		.addVar(Facts.USER_SOURCE, SimpleType.STRING)
		.addVar(Facts.USER_ISSUER, SimpleType.STRING)
		.addVar(Facts.CLAIMS, MapType.create(SimpleType.STRING, SimpleType.DYN))
		.addVar(Facts.REQUEST_ADDRESS, SimpleType.STRING)
		.addVar(Facts.REQUEST_ORIGIN, SimpleType.STRING)
		.addVar(Facts.REQUEST_NOW, SimpleType.TIMESTAMP)
		.addVar(Facts.REQUEST_SESSION, SimpleType.STRING)
		.setResultType(SimpleType.BOOL)
		.build();

	private final CelValidator constants = CelValidatorFactory.standardCelValidatorBuilder(this.cel)
		.addAstValidators(RegexLiteralValidator.INSTANCE, TimestampLiteralValidator.INSTANCE,
				DurationLiteralValidator.INSTANCE)
		.build();

	/**
	 * Compiles.
	 * @throws IllegalArgumentException with what is wrong and where in the expression
	 */
	Condition compile(String expression) {
		if (expression.length() > MAX_LENGTH) {
			throw new IllegalArgumentException(
					"has " + expression.length() + " characters, a condition has at most " + MAX_LENGTH);
		}
		CelValidationResult result = this.cel.compile(expression);
		if (result.hasError()) {
			throw new FlawedTextException(new ConditionComplaint(expression).flaws(result.getErrors()));
		}
		try {
			CelAbstractSyntaxTree tree = result.getAst();
			if (Expression.of(this.cel, tree).loops() > MAX_NESTED_LOOPS) {
				throw new IllegalArgumentException(
						"is no condition: more than " + MAX_NESTED_LOOPS + " loops stand inside each other");
			}
			checkConstants(expression, tree);
			boolean mentionsGuest = tree.getReferenceMap()
				.values()
				.stream()
				.map(CelReference::name)
				.anyMatch(Facts.USER_GUEST::equals);
			return new Condition(Expression.of(this.cel, tree), this.cel.createProgram(tree), mentionsGuest);
		}
		catch (CelValidationException | CelEvaluationException ex) {
			throw new IllegalArgumentException("is no condition: " + ex.getMessage(), ex);
		}
	}

	/** A pattern or a time that cannot be read would fail for every user. */
	private void checkConstants(String expression, CelAbstractSyntaxTree tree) {
		CelValidationResult result = this.constants.validate(tree);
		if (result.hasError()) {
			throw new FlawedTextException(new ConditionComplaint(expression).flaws(result.getErrors()));
		}
	}

}
