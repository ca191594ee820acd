package dev.ablyauth.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says why a condition does not hold for a user: the smallest part of it that decides,
 * with the values that it saw.
 */
final class Why {

	private static final int MAX_VALUE = 200;

	private final Facts facts;

	Why(Facts facts) {
		this.facts = facts;
	}

	/** One sentence for a condition that is false or cannot be decided. */
	String not(Expression condition) {
		if (condition.isCall("_&&_")) {
			List<Expression> operands = condition.operands();
			return operands.stream()
				.filter((operand) -> is(operand, false))
				.findFirst()
				.or(() -> operands.stream().filter((operand) -> !is(operand, true)).findFirst())
				.map(this::not)
				.orElse("");
		}
		if (condition.isCall("_||_")) {
			return condition.operands().stream().map(this::not).collect(Collectors.joining(", and "));
		}
		Optional<Object> value = condition.value(this.facts).filter(Boolean.class::isInstance);
		if (value.isEmpty()) {
			return condition.text() + " cannot be decided" + values(condition);
		}
		return condition.text() + " is " + value.get() + (condition.path().isEmpty() ? values(condition) : "");
	}

	private boolean is(Expression expression, boolean expected) {
		return expression.value(this.facts).filter((value) -> value.equals(expected)).isPresent();
	}

	private String values(Expression expression) {
		String values = expression.facts()
			.filter((fact) -> !fact.isPresenceTest())
			.map((fact) -> String.join(".", fact.path()) + " is "
					+ fact.value(this.facts).map(Why::shown).orElse("absent"))
			.distinct()
			.collect(Collectors.joining(", "));
		return values.isEmpty() ? "" : " (" + values + ")";
	}

	private static String shown(Object value) {
		String text = (value instanceof String) ? "\"" + value + "\"" : value.toString();
		return (text.length() <= MAX_VALUE) ? text : text.substring(0, MAX_VALUE) + "...";
	}

}
