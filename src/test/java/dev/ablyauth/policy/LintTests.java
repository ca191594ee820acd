package dev.ablyauth.policy;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.ablyauth.ably.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LintTests {

	private static final String TESTS = "\ntests: [{name: t, user: {id: ann, claims: {team: red, level: 1}}, refused: false}]";

	private static final String GRANT = "grant: [{channel: a, operations: publish}]";

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~', value = { "foo*; plain character", "a:foo*:b; plain character",
			"room::$chat; bare name", "*:*; has a colon", "[*]*; is everything", "*; every channel" })
	void lintWhenAChannelIsNotWhatItLooksLikeThenWarned(String channel, String message) {
		assertThat(lint("rules: [{name: r, grant: [{channel: '" + channel + "', operations: publish}]}]" + TESTS))
			.singleElement()
			.asString()
			.startsWith("line 1, column 37: \"" + channel + "\" ")
			.contains(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~', value = { "space: 'board-cursors'; old documents",
			"chat: 'x:[chat]', features: send;", "space: 'board::$cursors'; old documents", "space: board;" })
	void lintWhenAProductIsSpeltAsInOldDocumentsThenWarned(String grant, String message) {
		List<String> warnings = lint("rules: [{name: r, grant: [{" + grant + "}]}]" + TESTS);
		if (message == null) {
			assertThat(warnings).isEmpty();
		}
		else {
			assertThat(warnings).anySatisfy((warning) -> assertThat(warning).contains(message));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "false", "user.id == 'a' && user.id == 'b'", "user.guest && !user.guest",
					"claims.level > 1 && (claims.team == 'x' || claims.team == 'y') && claims.team == 'z'",
					"!(user.guest || !user.guest)" })
	void lintWhenARuleCanNeverApplyThenWarned(String when) {
		assertThat(lint("rules: [{name: ok, " + GRANT + "}, {name: r, when: \"" + when
				+ "\", grant: [{channel: b, operations: publish}]}]" + TESTS))
			.singleElement()
			.asString()
			.contains("\"r\" can never apply");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "true", "user.id == 'a' || user.id == 'b'", "user.guest",
					"claims.team == 'x' && 'a' in user.roles && 'b' in user.roles",
					"user.id == 'a' && claims.team == 'b'" })
	void lintWhenARuleCanApplyThenNotWarned(String when) {
		assertThat(lint("rules: [{name: ok, " + GRANT + "}, {name: r, when: \"" + when
				+ "\", grant: [{channel: b, operations: publish}]}]" + TESTS))
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~', value = {
			"grant: [{channel: 'a:*', operations: [publish, subscribe]}]; grant: [{channel: 'a:b', operations: publish}]; true",
			"grant: [{channel: 'a:*', operations: '*'}]; when: user.id == 'x', grant: [{channel: 'a:b', operations: publish}]; true",
			"when: user.id == 'x', grant: [{channel: 'a:*', operations: '*'}]; grant: [{channel: 'a:b', operations: publish}]; false",
			"when: user.id == 'x' || user.id == 'y', grant: [{channel: 'a:*', operations: '*'}]; when: user.id == 'x', grant: [{channel: 'a:b', operations: publish}]; true",
			"grant: [{channel: 'a:*', operations: '*'}]; grant: [{channel: 'a:b', operations: publish}], ttl: 5m; false",
			"grant: [{channel: 'a:*', operations: '*'}]; grant: [{channel: 'a:b', operations: publish}], revocation-key: k; false",
			"grant: [{channel: 'a:{claims.team}:*', operations: '*'}]; grant: [{channel: 'a:b:c', operations: publish}]; false",
			"grant: [{channel: 'a:{claims.team}:*', operations: '*'}]; grant: [{channel: 'a:{claims.team}:c', operations: publish}]; true",
			"grant: [{channel: 'a:*', operations: '*'}]; when: user.guest, grant: [{channel: 'a:b', operations: publish}]; false",
			"grant: [{channel: ['a:b', 'c'], operations: subscribe}]; grant: [{channel: ['a:b', 'd'], operations: subscribe}]; false" })
	void lintWhenARuleGivesNothingNewThenWarned(String first, String second, boolean warned) {
		List<String> warnings = lint("rules: [{name: any, grant: [{channel: z, operations: history}]}, {name: one, "
				+ quoted(first) + "}, {name: two, " + quoted(second) + "}]" + TESTS);
		assertThat(warnings.stream().anyMatch((warning) -> warning.contains("\"two\" gives nothing that \"one\"")))
			.as(warnings.toString())
			.isEqualTo(warned);
	}

	private static String quoted(String rule) {
		return rule.replaceFirst("when: ([^,]*),", "when: \"$1\",");
	}

	@Test
	void lintWhenAClaimIsSetByNoTestThenWarned() {
		String rules = """
				rules:
				  - name: r
				    when: claims.plan == 'pro' || true
				    grant:
				      - channel: ["t:{claims.org.name}", "u:{claims.team}"]
				        operations: publish
				      - for-each: claims.list
				        as: x
				        channel: "x:{x}"
				        operations: publish
				""";
		assertThat(lint(rules + TESTS.replace("false", "true"))).containsExactly(
				"line 2, column 11: the rule \"r\" uses claims.plan, which no test sets",
				"line 2, column 11: the rule \"r\" uses claims.org.name, which no test sets",
				"line 2, column 11: the rule \"r\" uses claims.list, which no test sets");
		assertThat(lint("rules: [{name: r, " + GRANT + "}]")).singleElement()
			.asString()
			.contains("there are no \"tests\"");
	}

	@Test
	void lintWhenADenyReadsAClaimWithoutHasThenWarned() {
		String yaml = "rules: [{name: a, " + GRANT + "}, {name: r, when: \"%s\", deny: nope}]" + TESTS;
		assertThat(lint(yaml.formatted("claims.level > 3 && has(claims.team) && claims.team == 'x'"))).singleElement()
			.asString()
			.contains("refuses everybody who has no claims.level");
		assertThat(lint(yaml.formatted("has(claims.level) && claims.level > 3"))).isEmpty();
		assertThat(lint(yaml.formatted("has(claims.level.deep) && claims.level.deep")
			.replace("level: 1", "level: {deep: false}")))
			.anySatisfy((warning) -> assertThat(warning).contains("refuses everybody who has no claims.level:"));
	}

	@Test
	void lintWhenAnEnvelopeOrAScopeIsNotWhatItLooksLikeThenWarned() {
		assertThat(lint("envelope: ['*', 'foo*']\nrules:\n  - {name: r, " + GRANT
				+ ", publish-limits: {'a*': 1, '*': 2}, user-claims: {'b*': x}, room-claims: {'c::$chat': x}}" + TESTS))
			.map((warning) -> warning.replaceFirst("line (.*), column .*: \"(.*?)\" (is every|has a).*", "$1 $2 $3"))
			.containsExactly("1 * is every", "1 foo* has a", "3 a* has a", "3 b* has a", "3 c::$chat has a");
	}

	@Test
	void lintWhenWhatHoldsForAllUsesAClaimThatNobodyHasThenWarned() {
		LintContext carried = new LintContext(Duration.ofHours(24), 8192, Set.of("sub"));
		assertThat(lint("client-id: '{claims.emial}'\nenvelope: ['a', 'o:{claims.orgg}']\nrules: [{name: r, " + GRANT
				+ "}]" + TESTS.replace("false", "true"), carried))
			.containsExactly(
					"line 1, column 12: \"client-id\" uses {claims.emial}, a claim that no issuer says its tokens have",
					"line 1, column 12: \"client-id\" uses claims.emial, which no test sets",
					"line 2, column 11: \"envelope\" uses {claims.orgg}, a claim that no issuer says its tokens have",
					"line 2, column 11: \"envelope\" uses claims.orgg, which no test sets");
	}

	@Test
	void lintWhenARuleWantsNoJwtAndNeedsOneThenWarned() {
		String rule = "rules: [{name: r, when: user.guest, revocation-key: k, format: %s, " + GRANT + "}]";
		assertThat(lint(rule.formatted("ably-token") + TESTS.replace("false", "true"))).singleElement()
			.asString()
			.contains("\"r\" refuses everybody for whom it is: it wants the format ably-token");
		assertThat(lint(rule.formatted("jwt") + TESTS.replace("false", "true"))).isEmpty();
	}

	@Test
	void lintWhenTtlIsLongerThanTheKeyAllowsBySecondsThenTheyAreShown() {
		assertThat(lint("ttl: 3601s\nrules: [{name: r, " + GRANT + "}]" + TESTS,
				new LintContext(Duration.ofHours(1), 8192, null)))
			.containsExactly("line 1, column 6: the policy has a ttl of 3601s, and the key allows 60m");
	}

	@Test
	void lintWhenTtlIsLongerThanTheKeyAllowsThenWarned() {
		LintContext revocable = new LintContext(Duration.ofHours(1), 8192, null);
		assertThat(lint("ttl: 2h\nrules: [{name: r, ttl: 90m, " + GRANT + "}]" + TESTS, revocable)).containsExactly(
				"line 1, column 6: the policy has a ttl of 120m, and the key allows 60m",
				"line 2, column 16: the rule \"r\" has a ttl of 90m, and the key allows 60m");
	}

	@Test
	void lintWhenTheJwtOfATestsUserIsTooLongThenWarned() {
		String channels = String.join("', 'tenant:", java.util.Collections.nCopies(1, "x"));
		StringBuilder names = new StringBuilder("'" + channels + "'");
		for (int i = 0; i < 300; i++) {
			names.append(", 'tenant-").append(i).append(":room'");
		}
		assertThat(lint("rules: [{name: big, grant: [{channel: [" + names + "], operations: publish}]}]" + TESTS))
			.singleElement()
			.asString()
			.matches(".*the test \"t\" would have about 1[0-9]{4} bytes, and 8192 are allowed.*\"big\"");
	}

	@Test
	void lintWhenNoIssuerCarriesAClaimThenWarned() {
		LintContext carried = new LintContext(Duration.ofHours(24), 8192, Set.of("sub", "org"));
		assertThat(lint("rules: [{name: r, grant: [{channel: ['a:{claims.team}', 'b:{claims.org.id}'],"
				+ " operations: publish}]}]\ntests: [{name: t, user: {id: a, claims: {team: x, org: {id: y}}}, refused: false}]",
				carried))
			.singleElement()
			.asString()
			.contains("{claims.team}, a claim that no issuer");
	}

	@Test
	void lintWhenRulesContradictOrLeaveTheEnvelopeThenWarned() {
		assertThat(lint("rules: [{name: a, " + GRANT
				+ ", revocation-key: k}, {name: b, grant: [{channel: b, operations:" + " publish}], revocation-key: l}]"
				+ TESTS.replace("false", "true").replace("refused: true", "cannot: {z: publish}")))
			.anySatisfy((warning) -> assertThat(warning).contains("\"a\" and \"b\" say different things"));
		assertThat(lint("rules: [{name: a, when: user.id == 'x', " + GRANT
				+ ", revocation-key: k}, {name: b, when: user.id == 'ann', grant: [{channel: b, operations: publish}], revocation-key: l}]"
				+ TESTS))
			.isEmpty();
		assertThat(lint(
				"envelope: ['t:{claims.team}', 'u:*']\nrules: [{name: a, grant: [{channel: ['t:{claims.team}', 'u:x', 'v'],"
						+ " operations: publish}]}]\ntests: [{name: t, user: {id: a, claims: {team: x}}, refused: true}]"))
			.singleElement()
			.asString()
			.contains("gives \"v\", which no line of the envelope covers");
	}

	@Test
	void lintWhenTheClientIdIsTheWildcardThenARevocationKeyIsMissed() {
		assertThat(lint("rules: [{name: r, wildcard-client-id: true, " + GRANT + "}]" + TESTS)).singleElement()
			.asString()
			.contains("revocation-key");
	}

	@Test
	void lintWhenTtlIsAsLongAsTheKeyAllowsThenNotWarned() {
		LintContext revocable = new LintContext(Duration.ofHours(1), 8192, null);
		assertThat(lint("ttl: 1h\nrules: [{name: r, ttl: 60m, " + GRANT + "}]" + TESTS, revocable)).isEmpty();
	}

	@Test
	void lintWhenADenyReadsWhatEverybodyHasThenNotWarned() {
		assertThat(lint("rules: [{name: a, " + GRANT + "}, {name: r, when: \"user.id == 'eve'\", deny: nope}]" + TESTS))
			.isEmpty();
	}

	@Test
	void lintWhenAClaimOfWhatTheJwtSaysIsSetByNoTestThenWarned() {
		String rule = "rules: [{name: r, when: user.guest, " + GRANT
				+ ", revocation-key: 'k-{claims.a}', user-claims: {'u:{claims.b}': 'x {claims.c}'},"
				+ " room-claims: {'r:{claims.d}': x}, publish-limits: {'p:{claims.e}': 1}}]";
		assertThat(lint(rule + TESTS.replace("false", "true")))
			.extracting((warning) -> warning.replaceAll(".* uses |, .*", ""))
			.containsExactly("claims.a", "claims.b", "claims.c", "claims.d", "claims.e");
	}

	private static List<String> lint(String yaml) {
		return lint(yaml, LintContext.DEFAULTS);
	}

	private static List<String> lint(String yaml, LintContext context) {
		PolicyCheck check = PolicyCheck.of(yaml, new PolicyReader(Operations.standard()), context);
		assertThat(check.problems()).isEmpty();
		return check.warnings().stream().map(PolicyProblem::toString).toList();
	}

}
