package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.parser.CelUnparserFactory;
import dev.cel.runtime.CelEvaluationException;
import org.jspecify.annotations.Nullable;

/**
 * A condition or a part of one, for those who want to know what it says: the index, the
 * lint and the explanations. The decision itself is made by the compiled condition.
 */
final class Expression {

	private final Cel cel;

	private final CelAbstractSyntaxTree whole;

	private final CelExpr expr;

	private @Nullable String text;

	private @Nullable List<Expression> operands;

	private Expression(Cel cel, CelAbstractSyntaxTree whole, CelExpr expr) {
		this.cel = cel;
		this.whole = whole;
		this.expr = expr;
	}

	static Expression of(Cel cel, CelAbstractSyntaxTree tree) {
		return new Expression(cel, tree, tree.getExpr());
	}

	private Expression part(CelExpr inner) {
		return new Expression(this.cel, this.whole, inner);
	}

	private CelAbstractSyntaxTree tree() {
		return CelAbstractSyntaxTree.newCheckedAst(this.expr, this.whole.getSource(), this.whole.getReferenceMap(),
				this.whole.getTypeMap());
	}

	/** The text, as CEL would write it. */
	String text() {
		String written = this.text;
		if (written == null) {
			written = CelUnparserFactory.newUnparser().unparse(tree());
			this.text = written;
		}
		return written;
	}

	/** Its value; empty if it has none for this user. */
	Optional<Object> value(Facts facts) {
		try {
			return Optional.ofNullable(this.cel.createProgram(tree()).eval(facts));
		}
		catch (CelEvaluationException | RuntimeException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Tells whether it is a call of {@code _&&_}, {@code _||_}, {@code !_} and the like.
	 */
	boolean isCall(String function) {
		return this.expr.getKind() == Kind.CALL && this.expr.call().function().equals(function);
	}

	/** What a call is about, or the inside of {@code a.b}. */
	List<Expression> operands() {
		List<Expression> found = this.operands;
		if (found == null) {
			found = parts();
			this.operands = found;
		}
		return found;
	}

	private List<Expression> parts() {
		return switch (this.expr.getKind()) {
			case CALL -> Stream.concat(this.expr.call().target().stream(), this.expr.call().args().stream())
				.map(this::part)
				.toList();
			case SELECT -> List.of(part(this.expr.select().operand()));
			case LIST -> this.expr.list().elements().stream().map(this::part).toList();
			case COMPREHENSION ->
				List.of(part(this.expr.comprehension().iterRange()), part(this.expr.comprehension().loopStep()));
			default -> List.of();
		};
	}

	/** The text of a constant, else null. */
	@Nullable String constantText() {
		return (this.expr.getKind() == Kind.CONSTANT && this.expr.constant().getKind() == CelConstant.Kind.STRING_VALUE)
				? this.expr.constant().stringValue() : null;
	}

	/** The value of a constant that is true or false, else null. */
	@Nullable Boolean constantFlag() {
		return (this.expr.getKind() == Kind.CONSTANT
				&& this.expr.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE)
						? Boolean.valueOf(this.expr.constant().booleanValue()) : null;
	}

	/** How many loops stand inside each other. */
	int loops() {
		int inner = operands().stream().mapToInt(Expression::loops).max().orElse(0);
		return inner + ((this.expr.getKind() == Kind.COMPREHENSION) ? 1 : 0);
	}

	/** Tells whether it is {@code has(...)}. */
	boolean isPresenceTest() {
		return this.expr.getKind() == Kind.SELECT && this.expr.select().testOnly();
	}

	/**
	 * The way to a fact: {@code [user.id]}, or {@code [claims, a, b]} for
	 * {@code claims.a.b} and {@code claims["a"]["b"]}; empty if it is none.
	 */
	List<String> path() {
		List<String> path = new ArrayList<>();
		switch (this.expr.getKind()) {
			case IDENT -> path.add(this.expr.ident().name());
			case SELECT -> extend(path, part(this.expr.select().operand()), this.expr.select().field());
			case CALL -> {
				List<Expression> operands = operands();
				if (isCall("_[_]")) {
					extend(path, operands.get(0), operands.get(1).constantText());
				}
			}
			default -> {
			}
		}
		return path;
	}

	private static void extend(List<String> path, Expression inner, @Nullable String step) {
		List<String> before = inner.path();
		if (!before.isEmpty() && step != null) {
			path.addAll(before);
			path.add(step);
		}
	}

	/** The facts that it looks at, each by its longest path. */
	Stream<Expression> facts() {
		List<String> path = path();
		if (!path.isEmpty()) {
			return (path.get(0).equals(Facts.CLAIMS) || Facts.NAMES.contains(path.get(0))) ? Stream.of(this)
					: Stream.of();
		}
		return operands().stream().flatMap(Expression::facts);
	}

	@Override
	public String toString() {
		return text();
	}

}
