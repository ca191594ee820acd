package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What can be said of conditions without a user: tries all truth values of the parts that
 * {@code &&}, {@code ||} and {@code !} join; {@code !=} is the opposite of {@code ==}.
 * Two different texts cannot both be the value of one fact. With many parts it says
 * nothing.
 */
final class Logic {

	private static final int MAX_PARTS = 8;

	private Logic() {
	}

	/** Tells whether nobody can ever meet a condition. */
	static boolean neverTrue(Expression condition) {
		return never(List.of(condition), (truth) -> holds(condition, truth));
	}

	/** Tells whether whoever meets one condition meets the other one too. */
	static boolean implies(Expression condition, Expression other) {
		return condition.text().equals(other.text())
				|| never(List.of(condition, other), (truth) -> holds(condition, truth) && !holds(other, truth));
	}

	/** Tells whether nobody can meet both conditions. */
	static boolean exclude(Expression condition, Expression other) {
		return never(List.of(condition, other), (truth) -> holds(condition, truth) && holds(other, truth));
	}

	private static boolean never(List<Expression> conditions, Predicate<Truth> found) {
		Map<String, Expression> parts = new LinkedHashMap<>();
		conditions.forEach((condition) -> collect(condition, parts));
		List<String> names = List.copyOf(parts.keySet());
		if (names.size() > MAX_PARTS) {
			return false;
		}
		for (int bits = 0; bits < (1 << names.size()); bits++) {
			Truth truth = new Truth(names, bits);
			if (isPossible(truth, parts) && found.test(truth)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isJoined(Expression expression) {
		return expression.isCall("_&&_") || expression.isCall("_||_") || expression.isCall("!_");
	}

	private static void collect(Expression expression, Map<String, Expression> parts) {
		if (isJoined(expression)) {
			expression.operands().forEach((operand) -> collect(operand, parts));
		}
		else {
			parts.put(name(expression), expression);
		}
	}

	private static String name(Expression part) {
		List<Expression> sides = part.operands();
		return part.isCall("_!=_") ? sides.get(0).text() + " == " + sides.get(1).text() : part.text();
	}

	private static boolean holds(Expression expression, Truth truth) {
		if (!isJoined(expression)) {
			return truth.of(name(expression)) != expression.isCall("_!=_");
		}
		List<Expression> operands = expression.operands();
		if (expression.isCall("!_")) {
			return !holds(operands.get(0), truth);
		}
		return expression.isCall("_&&_") ? operands.stream().allMatch((operand) -> holds(operand, truth))
				: operands.stream().anyMatch((operand) -> holds(operand, truth));
	}

	private static boolean isPossible(Truth truth, Map<String, Expression> parts) {
		Set<List<String>> decided = new LinkedHashSet<>();
		for (Map.Entry<String, Expression> part : parts.entrySet()) {
			boolean value = truth.of(part.getKey());
			Boolean constant = part.getValue().constantFlag();
			if (constant != null && constant != value) {
				return false;
			}
			List<String> fact = equalityWithText(part.getValue());
			if (value && fact != null && !decided.add(fact)) {
				return false;
			}
		}
		return true;
	}

	/** The fact in {@code fact == "text"} or its opposite. */
	private static @Nullable List<String> equalityWithText(Expression expression) {
		if (!expression.isCall("_==_") && !expression.isCall("_!=_")) {
			return null;
		}
		List<Expression> sides = new ArrayList<>(expression.operands());
		if (sides.get(0).constantText() != null) {
			sides.add(sides.remove(0));
		}
		List<String> path = sides.get(0).path();
		return (sides.get(1).constantText() != null && !path.isEmpty()) ? path : null;
	}

	/**
	 * One of all possible cases.
	 *
	 * @param parts the parts of the conditions
	 * @param bits which of them hold
	 */
	private record Truth(List<String> parts, int bits) {

		boolean of(String part) {
			return (this.bits & (1 << this.parts.indexOf(part))) != 0;
		}

	}

}
