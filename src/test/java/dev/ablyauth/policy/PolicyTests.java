package dev.ablyauth.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.AppUser;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PolicyTests {

	private static final RequestFacts REQUEST = new RequestFacts("203.0.113.7", "https://app.example.com",
			Instant.parse("2026-01-01T12:00:00Z"));

	private static final String MEMBERS = """
			ttl: 1h
			rules:
			  - name: members
			    when: '"member" in user.roles'
			    grant:
			      - channel: "team:{claims.team}:*"
			        operations: [publish, subscribe]
			  - name: mailbox
			    grant:
			      - channel: "notify:{user.id}"
			        operations: history
			  - name: suspended
			    when: 'has(claims.suspended) && claims.suspended'
			    deny: "Your account is suspended."
			""";

	private static final AppUser ANN = TestUsers.user("ann", Map.of("roles", List.of("member"), "team", "red"));

	@Test
	void grantWhenRulesMatchThenTheyAddUp() {
		Grant grant = grant(MEMBERS, ANN);
		assertThat(grant.capability().text())
			.isEqualTo("{\"notify:ann\":[\"history\"],\"team:red:*\":[\"publish\",\"subscribe\"]}");
		assertThat(grant.rules()).containsExactly("members", "mailbox");
		assertThat(grant.clientId()).isEqualTo(ClientId.of("ann"));
		assertThat(grant.lifetime().duration()).isEqualTo(Duration.ofHours(1));
		assertThat(grant.format()).isNull();
		assertThat(grant.losses().any()).isFalse();
	}

	@Test
	void grantWhenRoleIsMissingThenItsRuleGivesNothing() {
		assertThat(grant(MEMBERS, TestUsers.user("bob", Map.of("team", "red"))).rules()).containsExactly("mailbox");
	}

	@Test
	void grantWhenClaimIsMissingThenTheRuleDoesNotApply() {
		assertThat(grant(MEMBERS, TestUsers.user("bob", Map.of("roles", List.of("member")))).rules())
			.containsExactly("mailbox");
	}

	@Test
	void grantWhenDeniedThenRefusedInTheWordsOfTheRule() {
		assertRefused(() -> grant(MEMBERS, TestUsers.user("eve", Map.of("suspended", true))), Reason.DENIED_BY_RULE,
				"Your account is suspended.");
	}

	@Test
	void grantWhenDenyConditionCannotBeDecidedThenRefused() {
		assertRefused(() -> grant(MEMBERS, TestUsers.user("eve", Map.of("suspended", "yes"))), Reason.CONDITION_ERROR,
				"suspended");
	}

	@ParameterizedTest
	@ValueSource(strings = { "claims.level > 3", "claims.plan.name == 'pro'", "claims.tags.exists(t, t == 'a')",
			"claims.level" })
	void grantWhenGrantConditionCannotBeDecidedThenTheRuleGivesNothing(String when) {
		String policy = """
				rules:
				  - name: r
				    when: "%s"
				    grant: [{channel: a, operations: publish}]
				""".formatted(when);
		assertRefused(() -> grant(policy, ANN), Reason.NOTHING_GRANTED, "nothing");
		assertRefused(() -> grant(policy, TestUsers.user("ann", Map.of("level", "x", "plan", "pro", "tags", 3L))),
				Reason.NOTHING_GRANTED, "nothing");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "user.id == 'ann'", "user.source == 'jwt'", "user.issuer == 'https://login.example.com/'",
					"!user.guest", "claims.team == 'red'", "request.address.startsWith('203.0.113.')",
					"request.origin == 'https://app.example.com'", "request.now < timestamp('2026-06-01T00:00:00Z')",
					"request.session == 'jwt'", "claims['team'].matches('^r')", "claims.roles[0] == 'member'" })
	void grantWhenConditionHoldsThenTheRuleApplies(String when) {
		assertThat(grant("rules: [{name: r, when: \"" + when + "\", grant: [{channel: a, operations: publish}]}]", ANN)
			.rules()).containsExactly("r");
	}

	@Test
	void grantWhenGuestThenOnlyRulesThatSpeakOfGuestsApply() {
		String policy = """
				rules:
				  - name: all
				    grant: [{channel: a, operations: publish}]
				  - name: roles
				    when: '!("x" in user.roles)'
				    grant: [{channel: b, operations: publish}]
				  - name: guests
				    when: 'user.guest'
				    grant: [{channel: c, operations: subscribe}]
				""";
		assertThat(grant(policy, TestUsers.guest("guest-1")).rules()).containsExactly("guests");
		assertThat(grant(policy, ANN).rules()).containsExactly("all", "roles");
	}

	@Test
	void grantWhenSeveralTtlsThenTheLeast() {
		String policy = """
				ttl: 2h
				rules:
				  - {name: a, ttl: 30m, grant: [{channel: a, operations: publish}]}
				  - {name: b, ttl: 90s, when: 'user.id == "bob"', grant: [{channel: b, operations: publish}]}
				""";
		assertThat(grant(policy, ANN).lifetime().duration()).isEqualTo(Duration.ofMinutes(30));
		assertThat(grant(policy, TestUsers.user("bob", Map.of())).lifetime().duration())
			.isEqualTo(Duration.ofSeconds(90));
		assertThat(grant(policy, ANN, new Wish(null, Duration.ofMinutes(5), null)).lifetime().duration())
			.isEqualTo(Duration.ofMinutes(5));
		assertThat(grant(policy, ANN, new Wish(null, Duration.ofDays(5), null)).lifetime().duration())
			.isEqualTo(Duration.ofMinutes(30));
	}

	@Test
	void grantWhenSeveralFormatsThenTheMostClosed() {
		String policy = """
				rules:
				  - {name: a, format: token-request, grant: [{channel: a, operations: publish}]}
				  - {name: b, format: jwt, grant: [{channel: b, operations: publish}]}
				""";
		assertThat(grant(policy, ANN).format()).isEqualTo(Format.TOKEN_REQUEST);
	}

	@Test
	void grantWhenWishIsNarrowerThenNarrowedToIt() {
		Grant grant = grant(MEMBERS, ANN, wish("{\"team:red:x\":[\"subscribe\"]}"));
		assertThat(grant.capability().text()).isEqualTo("{\"team:red:x\":[\"subscribe\"]}");
		assertThat(grant.losses().any()).isFalse();
	}

	@Test
	void grantWhenWishIsWiderThenNeverWidened() {
		Grant grant = grant(MEMBERS, ANN, wish("{\"*\":[\"*\"]}"));
		assertThat(grant.capability()).isEqualTo(grant(MEMBERS, ANN).capability());
		assertThat(grant.losses().any()).isTrue();
	}

	@Test
	void grantWhenWishHasNothingInCommonThenRefused() {
		assertRefused(() -> grant(MEMBERS, ANN, wish("{\"team:blue:x\":[\"subscribe\"]}")), Reason.WISH_NOT_GRANTED,
				"nothing");
	}

	/** Otherwise the SDK finds out an hour later, with 40102. */
	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "{user.id}; guest-1; guest-1; true", "{user.id}; guest-1; guest-2; false",
					"{user.id}; ann; guest-1; false", "u-{user.id}; guest-1; u-guest-1; true",
					"u-{user.id}; guest-1; guest-1; false", "{claims.team}; guest-1; guest-1; false",
					"{claims.guestId}; guest-1; ann; false", "{user.id}; 7; 7; true" })
	void grantWhenClientIdOfTheGuestBeforeIsWishedThenRefusedClearly(String template, String guest, String wished,
			boolean clear) {
		AppUser ann = TestUsers.user("ann", Map.of("guestId", guest, "team", "red"));
		String policy = "client-id: '" + template + "'\nrules: [{name: r, grant: [{channel: a, operations: publish}]}]";
		assertRefused(
				() -> grant(policy, ann, new Wish(ClientId.of(wished.equals("ann") ? "bob" : wished), null, null)),
				Reason.CLIENT_ID_MISMATCH, clear ? "must connect anew" : "is not that of this user");
	}

	@Test
	void grantWhenTheGuestIdIsNoTextThenNotTaken() {
		AppUser ann = TestUsers.user("ann", Map.of("guestId", List.of("guest-1")));
		assertRefused(() -> grant(MEMBERS, ann, new Wish(ClientId.of("guest-1"), null, null)),
				Reason.CLIENT_ID_MISMATCH, "is not that of this user");
	}

	@Test
	void grantWhenClientIdOfSomebodyElseIsWishedThenRefused() {
		assertRefused(() -> grant(MEMBERS, ANN, new Wish(ClientId.of("bob"), null, null)), Reason.CLIENT_ID_MISMATCH,
				"clientId");
		assertRefused(() -> grant(MEMBERS, ANN, new Wish(ClientId.wildcard(), null, null)), Reason.CLIENT_ID_MISMATCH,
				"clientId");
		assertThat(grant(MEMBERS, ANN, new Wish(ClientId.of("ann"), null, null)).clientId())
			.isEqualTo(ClientId.of("ann"));
	}

	@Test
	void grantWhenRuleAllowsTheWildcardThenOnlyIfItMatchesAndIsWished() {
		String policy = """
				rules:
				  - name: servers
				    when: '"server" in user.roles'
				    wildcard-client-id: true
				    grant: [{channel: "*", operations: "*"}]
				  - name: all
				    grant: [{channel: a, operations: publish}]
				""";
		AppUser server = TestUsers.user("backend", Map.of("roles", List.of("server")));
		Wish wildcard = new Wish(ClientId.wildcard(), null, null);
		assertThat(grant(policy, server, wildcard).clientId()).isEqualTo(ClientId.wildcard());
		assertThat(grant(policy, server).clientId()).isEqualTo(ClientId.of("backend"));
		assertRefused(() -> grant(policy, ANN, wildcard), Reason.CLIENT_ID_MISMATCH, "clientId");
	}

	@ParameterizedTest
	@CsvSource({ "{user.id},Zoë Müller,Zoë Müller", "app-{user.id},a:b,app-a:b" })
	void grantWhenClientIdIsUnusualThenKeptByteForByte(String template, String id, String expected) {
		String policy = "client-id: \"" + template
				+ "\"\nrules: [{name: r, grant: [{channel: a, operations: publish}]}]";
		assertThat(grant(policy, TestUsers.user(id, Map.of())).clientId().value()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "a\nb", "null", "undefined", "anonymous", " ann", "a\ud800", "" })
	void grantWhenUserIdCannotBeAClientIdThenRefused(String id) {
		String policy = "rules: [{name: r, grant: [{channel: a, operations: publish}]}]";
		assertRefused(() -> grant(policy, TestUsers.user(id, Map.of())), Reason.CLAIM_NOT_SAFE, "user.id");
	}

	@Test
	void grantWhenReservedWordsAreNamedThenThoseAndNoOthers() {
		String policy = """
				reserved-client-ids: [system, "null"]
				rules: [{name: r, grant: [{channel: a, operations: publish}]}]
				""";
		assertRefused(() -> grant(policy, TestUsers.user("system", Map.of())), Reason.CLAIM_NOT_SAFE, "user.id");
		assertThat(grant(policy, TestUsers.user("anonymous", Map.of())).clientId()).isEqualTo(ClientId.of("anonymous"));
		assertRefused(() -> grant(policy, TestUsers.user("*", Map.of())), Reason.CLAIM_NOT_SAFE, "user.id");
	}

	@Test
	void grantWhenPresetsThenTheOperationsOfTheirFeatures() {
		String policy = """
				rules:
				  - name: r
				    grant:
				      - {chat: "room", features: [send, receive, history, presence, typing, reactions, occupancy]}
				      - {space: "board"}
				      - {live-objects: "objects", features: [read, write]}
				      - {ai-transport: "conversations:*"}
				      - {push: "push:*", features: device}
				""";
		assertThat(grant(policy, ANN).capability().text()).isEqualTo("{\"board\":[\"history\",\"presence\",\"publish\","
				+ "\"subscribe\"],\"conversations:*\":[\"history\",\"publish\",\"subscribe\"],\"objects\":[\"object-publish\","
				+ "\"object-subscribe\"],\"push:*\":[\"push-subscribe\"],\"room\":[\"annotation-publish\","
				+ "\"annotation-subscribe\",\"channel-metadata\",\"history\",\"presence\",\"publish\",\"subscribe\"]}");
	}

	@Test
	void grantWhenSeveralResourcesThenAllOfThem() {
		String policy = "rules: [{name: r, grant: [{channel: [a, \"b:{user.id}\"], operations: [publish]}]}]";
		assertThat(grant(policy, ANN).capability().text()).isEqualTo("{\"a\":[\"publish\"],\"b:ann\":[\"publish\"]}");
	}

	@Test
	void grantWhenEncodedThenAnyValueHasANameOfItsOwn() {
		String policy = "rules: [{name: r, grant: [{channel: \"b:{user.id|enc}\", operations: [publish]}]}]";
		assertThat(grant(policy, TestUsers.user("urn:x:1", Map.of())).capability().text())
			.isEqualTo("{\"b:~dXJuOng6MQ\":[\"publish\"]}");
	}

	@Test
	void grantWhenValuesAreTooLongTogetherThenTheRuleGivesNothing() {
		String policy = "rules: [{name: r, grant: [{channel: \"a%s\", operations: publish}]}]"
			.formatted(":{user.id}".repeat(20));
		assertRefused(() -> grant(policy, TestUsers.user("x".repeat(128), Map.of())), Reason.CLAIM_NOT_SAFE,
				"a:{user.id}");
	}

	@Test
	void grantWhenWishIsHugeThenRefusedBeforeItIsCompared() {
		StringBuilder channels = new StringBuilder("\"*:c0\"");
		StringBuilder wish = new StringBuilder("{\"a0:*\":[\"publish\"]");
		for (int i = 1; i < 500; i++) {
			channels.append(", \"*:c").append(i).append('"');
			wish.append(",\"a").append(i).append(":*\":[\"publish\"]");
		}
		String policy = "rules: [{name: r, grant: [{channel: [" + channels + "], operations: publish}]}]";
		assertRefused(() -> grant(policy, ANN, wish(wish + "}")), Reason.INVALID_PARAMETER, "capability: ");
	}

	@Test
	void withinWhenKeyAllowsLessThenNarrowed() {
		Grant grant = grant(MEMBERS, ANN).within(read("{\"team:*\":[\"subscribe\"]}"));
		assertThat(grant.capability().text()).isEqualTo("{\"team:red:*\":[\"subscribe\"]}");
		assertThat(grant.losses().any()).isTrue();
		assertRefused(() -> grant(MEMBERS, ANN).within(read("{\"other\":[\"*\"]}")), Reason.KEY_ALLOWS_NOTHING, "key");
	}

	private static void assertRefused(ThrowingCallable call, Reason reason, String message) {
		assertThatExceptionOfType(Refused.class).isThrownBy(call)
			.withMessageContaining(message)
			.extracting(Refused::reason)
			.isEqualTo(reason);
	}

	private static dev.ablyauth.ably.Capability read(String json) {
		return new CapabilityJson(Operations.standard()).read(json);
	}

	private static Wish wish(String capability) {
		return new Wish(null, null, read(capability));
	}

	private static Grant grant(String policy, AppUser user) {
		return grant(policy, user, Wish.NONE);
	}

	private static Grant grant(String policy, AppUser user, Wish wish) {
		return TestPolicies.read(policy).grant(user, wish, REQUEST);
	}

}
