package dev.ablyauth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands that need a policy file and no settings.
 */
class PolicyCommandsTests {

	private static final String GOOD = """
			rules:
			  - name: members
			    when: '"member" in user.roles'
			    grant: [{channel: "team:{claims.team}:*", operations: [publish, subscribe]}]
			tests:
			  - name: a member
			    user: {id: ann, roles: [member], claims: {team: red}}
			    can: {"team:red:x": publish}
			  - {name: somebody else, user: {id: bob}, refused: true}
			""";

	@TempDir
	private Path folder;

	private String good = "";

	@BeforeEach
	void write() throws IOException {
		this.good = file("good.yml", GOOD);
	}

	private String file(String name, String yaml) throws IOException {
		return Files.writeString(this.folder.resolve(name), yaml).toString();
	}

	@Test
	void lintWhenAllIsWellThenZero() {
		CommandRun.Ended ended = new CommandRun().run("policy", "lint", this.good);
		assertThat(ended.out()).isEqualTo("No errors and no warnings." + System.lineSeparator());
		assertThat(ended.exitCode()).isZero();
	}

	@Test
	void lintWhenThereAreWarningsThenZeroUnlessStrict() throws IOException {
		String odd = file("odd.yml",
				GOOD.replace("team:{claims.team}:*\"", "team:{claims.team}:*\", \"foo*\"")
					.replace("channel: \"", "channel: [\"")
					.replace("\"foo*\"", "\"foo*\"]"));
		CommandRun.Ended ended = new CommandRun().run("policy", "lint", odd);
		assertThat(ended.out()).startsWith(odd + ":4:23: warning: \"foo*\" has a * that is a plain character");
		assertThat(ended.exitCode()).isZero();
		assertThat(new CommandRun().run("policy", "lint", "--strict", odd).exitCode()).isEqualTo(1);
	}

	@Test
	void lintWhenThereAreErrorsThenOneWithPlaceAndNearestWord() throws IOException {
		String bad = file("bad.yml", GOOD.replace("[publish, subscribe]", "[publsh, subscribe]"));
		CommandRun.Ended ended = new CommandRun().run("policy", "lint", bad);
		assertThat(ended.out()).startsWith(bad + ":4:60: error: \"publsh\" is no operation")
			.contains("did you mean \"publish\"?");
		assertThat(ended.exitCode()).isEqualTo(1);
		CommandRun.Ended json = new CommandRun().run("policy", "lint", "--json", bad);
		assertThat(json.json().get("passed").asBoolean()).isFalse();
		assertThat(json.json().get("problems").get(0).get("line").asInt()).isEqualTo(4);
	}

	@Test
	void lintWhenTokensAreRevocableThenLongTtlsAreWarnedOf() throws IOException {
		String longer = file("long.yml", "ttl: 2h\n" + GOOD);
		assertThat(new CommandRun().run("policy", "lint", longer).out()).doesNotContain("120m");
		assertThat(new CommandRun().run("policy", "lint", "--revocable-tokens", longer).out()).contains("120m");
	}

	@Test
	void testThenOneLineForEach() throws IOException {
		CommandRun.Ended ended = new CommandRun().run("policy", "test", this.good);
		assertThat(ended.out().lines()).containsExactly("passed  a member", "passed  somebody else");
		assertThat(ended.exitCode()).isZero();
		String loose = file("loose.yml",
				GOOD.replace("    when: '\"member\" in user.roles'\n", "").replace("{claims.team}", "red"));
		CommandRun.Ended failed = new CommandRun().run("policy", "test", loose);
		assertThat(failed.out()).contains("passed  a member",
				"FAILED  the test \"somebody else\" fails: granted by [members]");
		assertThat(failed.exitCode()).isEqualTo(1);
		String none = file("none.yml", GOOD.substring(0, GOOD.indexOf("tests:")));
		assertThat(new CommandRun().run("policy", "test", none).out()).contains("There are no tests.");
		assertThat(new CommandRun().run("policy", "test", none).exitCode()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "lint", "test" })
	void policyWhenTheFileIsNotThereThenTwo(String command) {
		CommandRun.Ended ended = new CommandRun().run("policy", command, "/nowhere/policy.yml");
		assertThat(ended.err()).contains("/nowhere/policy.yml: there is no such file");
		assertThat(ended.exitCode()).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~', value = { "ann; publish; team:red:x; 0; Yes. Given by members.",
			"ann; publish; team:blue:x; 1; No. No rule that applies gives it. The rule \"members\" applies, and gives it elsewhere.",
			"bob; publish; team:red:x; 1; \"member\" in user.roles is false (user.roles is [])",
			"zoe; publish; team:red:x; 1; does not apply",
			"{\"id\":\"zoe\",\"roles\":[\"member\"],\"claims\":{\"team\":\"red\"}}; publish; team:red:x; 0; Yes.",
			"ann; publsh; team:red:x; 2; Did you mean publish?", "ann; publish; [x]; 2; CHANNEL",
			"{\"id\":3}; publish; a; 2; needs an \"id\"", "{; publish; a; 2; is not valid JSON" })
	void canThenYesOrNoWithTheRule(String user, String operation, String channel, int exitCode, String said) {
		CommandRun.Ended ended = new CommandRun().run("can", "--policy", this.good, user, operation, channel);
		assertThat(ended.out() + ended.err()).contains(said);
		assertThat(ended.exitCode()).isEqualTo(exitCode);
	}

	@Test
	void canWhenRolesAndClaimsAreGivenThenTheyCount() {
		CommandRun.Ended ended = new CommandRun().run("can", "--policy", this.good, "--role", "member", "--claim",
				"team=blue", "--json", "ann", "publish", "team:blue:x");
		assertThat(ended.json().toString()).contains("\"allowed\":true", "\"rules\":[\"members\"]");
	}

	@Test
	void explainThenGrantAndRulesWithReasons() {
		CommandRun.Ended ended = new CommandRun().run("policy", "explain", "--policy", this.good, "ann");
		assertThat(ended.out().lines()).containsExactly("Granted, as the client \"ann\":",
				"  team:red:*  publish  by members", "  team:red:*  subscribe  by members", "Rules:",
				"  members: gives, because \"member\" in user.roles is true");
		CommandRun.Ended refused = new CommandRun().run("policy", "explain", "--policy", this.good, "bob");
		assertThat(refused.out().lines()).containsExactly(
				"Refused: The policy gives this user nothing. (nothing-granted)", "Rules:",
				"  members: does not apply, because \"member\" in user.roles is false (user.roles is [])");
		assertThat(refused.exitCode()).isEqualTo(1);
	}

	@Test
	void explainWhenThereIsAWishThenWhatIsLost() {
		CommandRun.Ended ended = new CommandRun().run("policy", "explain", "--policy", this.good, "--capability",
				"{\"team:red:a\":[\"publish\",\"history\"]}", "--ttl", "120000", "--json", "ann");
		assertThat(ended.json().get("given").get("lost").toString()).isEqualTo("{\"team:red:a\":[\"history\"]}");
		assertThat(ended.json().get("given").get("longestSetBy").asString()).isEqualTo("wish");
	}

	@ParameterizedTest
	@CsvSource({ "can,ann publish a", "mint,ann", "policy,explain ann" })
	void commandWhenTheSettingsCannotBeUsedThenTwoAndEachProblem(String command, String rest) {
		CommandRun.Ended ended = new CommandRun().run((command + " " + rest + " --setting a=b").split(" ", -1));
		assertThat(ended.err()).contains("ably-auth.keys: is missing", "given: [a=b]");
		assertThat(ended.exitCode()).isEqualTo(2);
	}

	@Test
	void doctorWhenTheSettingsCannotBeUsedThenEachIsASymptom() {
		CommandRun.Ended ended = new CommandRun().run("doctor");
		assertThat(ended.out().lines()).containsExactly("problem  settings  ably-auth.keys: is missing",
				"problem  settings  given: []");
		assertThat(ended.exitCode()).isEqualTo(1);
	}

}
