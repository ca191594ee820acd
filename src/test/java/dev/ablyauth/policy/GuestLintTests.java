package dev.ablyauth.policy;

import java.util.List;

import dev.ablyauth.ably.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Denials that do not hold for guests, because no rule does that does not name them.
 */
class GuestLintTests {

	private static final String GIVES = "user.guest || !user.guest";

	@ParameterizedTest
	@ValueSource(strings = { "request.address.startsWith('203.0.113.')", "request.origin != 'https://app.example.com'",
			"request.now > timestamp('2030-01-01T00:00:00Z')", "user.id.startsWith('guest-A')", "true",
			"!('staff' in user.roles)", "!has(claims.verified)", "user.source != 'jwt'", "request.session == 'guest'",
			"has(claims.banned) || request.origin == ''", "claims.guestId == 'guest-x'",
			"size(user.roles) == 0 && request.address != ''", "!(has(claims.a) && claims.a)",
			"claims[request.origin] == 'x'" })
	void lintWhenADenyMightMeetGuestsAndIsNotForThemThenWarned(String deny) {
		assertThat(lint(GIVES, deny)).containsExactly("line 3, column 12: the rule \"stop\" does not refuse guests,"
				+ " to whom \"look\" gives something: its condition does not mention user.guest");
	}

	/**
	 * A guest has no roles and no claims but the id, so it was not guests who were meant.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "has(claims.suspended) && claims.suspended", "'banned' in user.roles",
			"claims.suspended == true", "user.issuer == 'https://old.example.com'", "false",
			"request.address != '' && 'banned' in user.roles", "'suspended' in claims",
			"has(claims.list) && claims.list.exists(x, x == 'a')", "(request.origin == '' || true) && user.guest",
			"request.origin == '' && (user.guest || !user.guest)", "request.origin == '' && !user.guest" })
	void lintWhenADenyCannotMeetGuestsOrNamesThemThenNotWarned(String deny) {
		assertThat(lint(GIVES, deny)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "'member' in user.roles", "!user.guest", "!user.guest && request.origin == ''",
			"user.guest && 'member' in user.roles", "user.guest && has(claims.team)" })
	void lintWhenNoRuleGivesGuestsAnythingThenNotWarned(String gives) {
		assertThat(lint(gives, "request.origin == ''")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "user.guest", "user.guest && request.origin == 'x'", "!user.guest || request.origin == 'x'",
					"user.guest && has(claims.guestId)", "user.guest && user.source == 'guest'" })
	void lintWhenARuleGivesGuestsSomethingThenWarned(String gives) {
		assertThat(lint(gives, "request.origin == ''")).hasSize(1);
	}

	@Test
	void lintWhenGuestsAreRefusedEverythingThenNotWarned() {
		assertThat(warnings("""
				rules:
				  - {name: talk, grant: [{channel: a, operations: publish}]}
				  - {name: no guests, when: user.guest, deny: Sign in.}
				  - {name: stop, when: request.origin == '', deny: nope}
				""")).isEmpty();
	}

	private static List<String> lint(String gives, String deny) {
		return warnings("rules:\n  - {name: look, when: \"" + gives
				+ "\", grant: [{channel: a, operations: publish}]}\n  - {name: stop, when: \"" + deny
				+ "\", deny: nope}\n");
	}

	private static List<String> warnings(String yaml) {
		PolicyCheck check = PolicyCheck.of(yaml, new PolicyReader(Operations.standard()), LintContext.DEFAULTS);
		assertThat(check.problems()).isEmpty();
		return check.warnings()
			.stream()
			.map(PolicyProblem::toString)
			.filter((warning) -> warning.contains("guests"))
			.toList();
	}

}
