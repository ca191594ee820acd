package dev.ablyauth.policy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The tests inside a policy file.
 */
class FileTestsTests {

	private static final String RULES = """
			rules:
			  - name: members
			    when: '"member" in user.roles && claims.level > 2'
			    grant: [{channel: "team:{claims.team}:*", operations: [publish, subscribe]}]
			  - name: office
			    when: 'request.address == "192.0.2.1" && request.now < timestamp("2026-06-01T00:00:00Z")'
			    grant: [{channel: office, operations: subscribe}]
			  - name: guests
			    when: user.guest
			    grant: [{channel: lobby, operations: subscribe}]
			tests:
			""";

	private static final String ANN = "user: {id: ann, roles: [member], claims: {team: red, level: 3}}";

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { ANN + "; can: {'team:red:a': [publish, subscribe]}, client-id: ann",
					ANN + "; cannot: {'team:blue:a': [subscribe], '*': [subscribe], 'team:red:a': ['*']}",
					ANN + "; refused: false", "user: {id: eve}; refused: true", "user: {id: eve}; cannot: {a: publish}",
					"user: {id: ann, claims: {level: '3', team: red}, roles: member}; refused: true",
					"user: {id: g1, guest: true}; can: {lobby: subscribe}",
					"user: {id: bob}, request: {address: 192.0.2.1}; can: {office: subscribe}",
					"user: {id: bob}, request: {address: 192.0.2.1, now: '2027-01-01T00:00:00Z'}; refused: true" })
	void readWhenTestsPassThenThePolicyIsTaken(String user, String expected) {
		assertThat(read(user, expected).text().tests()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {
			ANN + "; can: {'team:red:a': [history]}; team:red:a can [publish, subscribe], expected [history]",
			ANN + "; can: {'team:red': [publish]}; team:red can [], expected [publish]",
			ANN + "; cannot: {'team:red:a': [publish, history]}; can [publish] by the rule [members], expected not",
			ANN + "; client-id: bob; the clientId is \"ann\", expected \"bob\"",
			ANN + "; refused: true; granted by [members], expected to be refused",
			"user: {id: eve}; refused: false; refused: The policy gives this user nothing.",
			"user: {id: eve}; can: {a: publish}; refused: The policy gives this user nothing." })
	void readWhenATestFailsThenNotTakenAndItsNameAndPlaceAreTold(String user, String expected, String message) {
		assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(() -> read(user, expected))
			.withMessageStartingWith("line 12, column 12: the test \"t\" fails: ")
			.withMessageContaining(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "user: {id: a}; name: x; must expect something",
					"user: {roles: [a]}; refused: true; needs an \"id\"",
					"user: {id: a}; can: {'[x]': publish}; must be [meta]name",
					"user: {id: a}; can: {a: publishh}; did you mean \"publish\"?",
					"user: {id: a}; refused: true, client-id: b; who is refused has neither",
					"user: {id: a, claims: [b]}; refused: true; must be a mapping",
					"user: {id: a, role: b}; refused: true; did you mean \"roles\"?",
					"user: {id: a}, request: {now: today}; refused: true; is no time",
					"user: {id: a, guest: true, source: jwt}; refused: true; and nobody else" })
	void readWhenATestIsWrittenWrongThenRefused(String user, String expected, String message) {
		assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(() -> read(user, expected))
			.withMessageContaining(message);
	}

	@Test
	void readWhenPseudonymsAreUsedThenTestsGiveTheSameEverywhere() {
		String yaml = "client-id: '{user.id|pseudonym}'\nrules: [{name: r, grant: [{channel: a, operations: publish}]}]\n"
				+ "tests: [{name: t, user: {id: ann}, client-id: \"" + Pseudonyms.OF_TESTS.of("ann") + "\"}]";
		assertThat(TestPolicies.read(yaml).hash()).isNotEmpty();
	}

	private static Policy read(String user, String expected) {
		String name = expected.startsWith("name") ? "" : "name: t, ";
		return TestPolicies.read(RULES + "  - {" + name + user + ", " + expected + "}\n");
	}

}
