package dev.ablyauth.policy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * for-each, envelope, pseudonyms, and what a token is made smaller by.
 */
class GrammarTests {

	private static final RequestFacts REQUEST = new RequestFacts("127.0.0.1", "", Instant.EPOCH);

	private static final String PROJECTS = """
			rules:
			  - name: r
			    grant:
			      - channel: lobby
			        operations: subscribe
			      - for-each: claims.projects
			        as: project
			        max: 3
			        channel: ["project:{project}:*", "log:{user.id}:{project|enc}"]
			        operations: publish
			""";

	@Test
	void forEachThenOneGrantForEachElement() {
		assertThat(capability(PROJECTS, Map.of("projects", List.of("p1", "p2"))))
			.isEqualTo("{\"lobby\":[\"subscribe\"],\"log:ann:~cDE\":[\"publish\"],\"log:ann:~cDI\":[\"publish\"],"
					+ "\"project:p1:*\":[\"publish\"],\"project:p2:*\":[\"publish\"]}");
	}

	@Test
	void forEachWhenTheListIsEmptyOrAbsentThenTheOtherGrantsStay() {
		assertThat(capability(PROJECTS, Map.of("projects", List.of()))).isEqualTo("{\"lobby\":[\"subscribe\"]}");
		assertThat(capability(PROJECTS, Map.of())).isEqualTo("{\"lobby\":[\"subscribe\"]}");
	}

	@Test
	void forEachWhenThereIsNothingElseThenNothingIsGranted() {
		String yaml = "rules: [{name: r, grant: [{for-each: claims.p, as: p, channel: 'a:{p}', operations: publish}]}]";
		assertRefused(yaml, Map.of("p", List.of()), Reason.NOTHING_GRANTED, "nothing");
	}

	@Test
	void forEachWhenOneElementIsBadThenTheRequestIsRefused() {
		for (Object bad : Arrays.asList("*", "a:b", "", null, 3L, List.of("x"), "x".repeat(129))) {
			assertRefused(PROJECTS, Map.of("projects", Arrays.asList("p1", bad)), Reason.CLAIM_NOT_SAFE,
					"An element of claims.projects");
		}
	}

	@Test
	void forEachWhenAnotherValueIsMissingOrUnsafeThenTheRuleDoesNotApply() {
		String yaml = "rules: [{name: r, grant: [{for-each: claims.p, as: p, channel: 'a:{claims.t}:{p}', operations: publish}]}]";
		assertRefused(yaml, Map.of("p", List.of("x")), Reason.NOTHING_GRANTED, "nothing");
		assertRefused(yaml, Map.of("p", List.of("x"), "t", "a:b"), Reason.CLAIM_NOT_SAFE, "claims.t");
	}

	@Test
	void pseudonymWhenTheIdIsReservedThenNoPseudonymForIt() {
		String yaml = "client-id: '{user.id|pseudonym}'\nrules: [{name: r, grant: [{channel: a, operations: publish}]}]";
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> grant(yaml, "undefined", Map.of()))
			.extracting(Refused::reason)
			.isEqualTo(Reason.CLAIM_NOT_SAFE);
	}

	@Test
	void forEachWhenTheClaimIsNoListThenTheRuleDoesNotApply() {
		assertRefused(PROJECTS, Map.of("projects", "p1"), Reason.CLAIM_NOT_SAFE, "claims.projects");
	}

	@Test
	void forEachWhenThereAreTooManyThenRefused() {
		assertRefused(PROJECTS, Map.of("projects", List.of("a", "b", "c", "d")), Reason.CLAIM_NOT_SAFE, "more than 3");
		String noMax = PROJECTS.replace("        max: 3\n", "");
		assertThat(capability(noMax, Map.of("projects", Collections.nCopies(100, "p")))).contains("project:p:*");
		assertRefused(noMax, Map.of("projects", Collections.nCopies(101, "p")), Reason.CLAIM_NOT_SAFE, "more than 100");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "for-each: claims.p; needs \"as\"", "as: p; says nothing", "max: 3; says nothing",
					"for-each: claims.p, as: p, max: 1001; from 1 to 1000",
					"for-each: claims.p, as: p, max: 1.5; from 1 to 1000", "for-each: p, as: p; expected claims.NAME",
					"for-each: claims.p, as: user; cannot be the name",
					"for-each: claims.p, as: 'A b'; cannot be the name", "for-each: claims.p, as: q; must use {q}" })
	void forEachWhenWrittenWrongThenRefused(String keys, String message) {
		assertThatExceptionOfType(InvalidPolicyException.class)
			.isThrownBy(() -> TestPolicies
				.read("rules: [{name: r, grant: [{" + keys + ", channel: 'a:b', operations: publish}]}]"))
			.withMessageContaining(message);
	}

	@Test
	void envelopeWhenAGrantIsOutsideThenRefusedAndNeverCut() {
		String yaml = """
				envelope: ["team:{claims.team}:*", "news"]
				rules:
				  - name: wide
				    grant: [{channel: ["news", "team:{claims.other}:*"], operations: publish}]
				""";
		assertThat(capability(yaml, Map.of("team", "red", "other", "red"))).contains("team:red:*");
		assertRefused(yaml, Map.of("team", "red", "other", "blue"), Reason.OUTSIDE_ENVELOPE, "\"wide\"");
		assertRefused(yaml, Map.of("other", "blue"), Reason.OUTSIDE_ENVELOPE, "\"wide\"");
		assertRefused(yaml, Map.of("team", "*", "other", "blue"), Reason.OUTSIDE_ENVELOPE, "\"wide\"");
	}

	@Test
	void envelopeWhenALineIsWiderThanTheGrantThenInside() {
		String yaml = "envelope: ['a:*']\nrules: [{name: r, grant: [{channel: ['a:b', 'a:b:*'], operations: publish}]}]";
		assertThat(capability(yaml, Map.of())).isEqualTo("{\"a:b\":[\"publish\"],\"a:b:*\":[\"publish\"]}");
		assertRefused(yaml.replace("'a:b',", "'a',"), Map.of(), Reason.OUTSIDE_ENVELOPE, "\"r\"");
	}

	@Test
	void pseudonymThenTheSameForTheSamePersonAndNotTheId() {
		String yaml = "client-id: 'p-{user.id|pseudonym}'\n"
				+ "rules: [{name: r, grant: [{channel: 'inbox:{user.id|pseudonym}', operations: subscribe}]}]";
		Grant ann = grant(yaml, "ann", Map.of());
		assertThat(ann.clientId().value()).matches("p-[A-Za-z0-9_-]{22}").doesNotContain("ann");
		assertThat(ann.capability().text()).contains("inbox:" + ann.clientId().value().substring(2));
		assertThat(grant(yaml, "ann", Map.of()).clientId()).isEqualTo(ann.clientId());
		assertThat(grant(yaml, "bob", Map.of()).clientId()).isNotEqualTo(ann.clientId());
		assertThat(Pseudonyms.by("another-secret-of-32-bytes-or-more").of("ann"))
			.isNotEqualTo(ann.clientId().value().substring(2));
	}

	@Test
	void grantWhenAWiderEntryAllowsTheSameThenTheNarrowerGoes() {
		String yaml = """
				rules:
				  - name: r
				    grant:
				      - {channel: ["a:*", "a:b", "a:b:c", "a", "[meta]a:b"], operations: [publish, subscribe]}
				      - {channel: "a:b:d", operations: publish}
				      - {channel: "a:x", operations: [publish, history]}
				""";
		assertThat(capability(yaml, Map.of()))
			.isEqualTo("{\"[meta]a:b\":[\"publish\",\"subscribe\"],\"a\":[\"publish\",\"subscribe\"],"
					+ "\"a:*\":[\"publish\",\"subscribe\"],\"a:x\":[\"history\",\"publish\",\"subscribe\"]}"
						.replace("\"history\",\"publish\",\"subscribe\"", "\"history\",\"publish\""));
	}

	private static void assertRefused(String yaml, Map<String, Object> claims, Reason reason, String message) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> grant(yaml, "ann", claims))
			.withMessageContaining(message)
			.extracting(Refused::reason)
			.isEqualTo(reason);
	}

	private static String capability(String yaml, Map<String, Object> claims) {
		return grant(yaml, "ann", claims).capability().text();
	}

	private static Grant grant(String yaml, String user, Map<String, Object> claims) {
		return TestPolicies.read(yaml).grant(TestUsers.user(user, claims), Wish.NONE, REQUEST);
	}

}
