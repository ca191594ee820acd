package dev.ablyauth.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.JwtFeatures;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.ably.RevocationKey;
import dev.ablyauth.session.AppUser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What people really get by the example policies, to the last operation.
 */
class ExampleGrantsTests {

	private static final String LOGIN = "https://login.example.com/";

	private static final String MACHINES = "https://machines.example.com/";

	private static final Wish ANYBODY = new Wish(ClientId.wildcard(), null, null);

	@Test
	void teamChatThenRoomsOfTheTeamAndTheKeyToRevokeIt() {
		Grant ann = grant("team-chat", user("ann", LOGIN, "member", Map.of("team", "red", "talks", List.of("t1"))));
		assertThat(lines(ann)).containsExactly("news:red history subscribe", "notify:ann history subscribe",
				"talk:t1 history publish subscribe",
				"team:red:* annotation-publish annotation-subscribe history message-delete-own message-update-own"
						+ " presence publish subscribe");
		assertThat(ann.features().revocationKey()).isEqualTo(new RevocationKey("team-red"));
		assertThat(ann.features().roomClaims()).isEmpty();
		assertThat(ann.lifetime()).isEqualTo(new Lifetime(Duration.ofHours(1), "policy"));
	}

	@Test
	void teamChatWhenModeratorThenABadgeAndAShortLife() {
		Grant mo = grant("team-chat", user("mo", LOGIN, "moderator", Map.of("team", "red")));
		assertThat(lines(mo)).containsExactly("notify:mo history subscribe",
				"team:red:* channel-metadata message-delete-any subscribe");
		assertThat(mo.features().roomClaims())
			.isEqualTo(Map.of(Resource.parse("team:red:*"), "{\"badge\":\"moderator\"}"));
		assertThat(mo.lifetime().duration()).isEqualTo(Duration.ofMinutes(15));
	}

	@Test
	void teamChatWhenSuspendedThenTheReasonIsTold() {
		assertRefused("team-chat", user("eve", LOGIN, "member", Map.of("team", "red", "suspended", true)),
				Reason.DENIED_BY_RULE, "Your account is suspended.");
		assertRefused("team-chat", user("eve", LOGIN, "member", Map.of("team", "red", "suspended", "true")),
				Reason.CONDITION_ERROR, "suspended people get nothing");
	}

	@Test
	void saasThenProjectsOfTheOrganisationWithALimit() {
		Grant ann = grant("saas", user("ann", LOGIN, "", org("acme", "free", List.of("p1", "p2"))));
		assertThat(lines(ann)).containsExactly("org:acme:events history subscribe",
				"org:acme:project:p1 history presence publish subscribe",
				"org:acme:project:p2 history presence publish subscribe", "status subscribe");
		assertThat(ann.features().publishLimits())
			.isEqualTo(Map.of(Resource.parse("org:acme:*"), new BigDecimal("20")));
		assertRefusedWish("saas", user("ann", LOGIN, "", org("acme", "free", List.of())), ANYBODY);
	}

	@Test
	void saasWhenAdminOfAPayingOrganisationThenAllOfIt() {
		Grant ada = grant("saas", user("ada", LOGIN, "admin", org("acme", "pro", List.of())));
		assertThat(lines(ada)).containsExactly("org:acme:* channel-metadata history subscribe",
				"org:acme:alerts push-subscribe", "status subscribe");
		assertThat(ada.features().channelClaims()).isEqualTo(Map.of(Resource.parse("org:acme:*"), "{\"admin\":true}"));
	}

	@Test
	void saasWhenServerThenItMayBeAnybodyAndCanBeRevoked() {
		AppUser mailer = user("mailer", MACHINES, "writer", org("acme", "free", List.of()));
		Grant grant = ExamplePolicies.load("saas").grant(mailer, ANYBODY, request(""));
		assertThat(lines(grant)).containsExactly("org:acme:* history publish", "status subscribe");
		assertThat(grant.clientId()).isEqualTo(ClientId.wildcard());
		assertThat(grant.features().revocationKey()).isEqualTo(new RevocationKey("servers-acme"));
		assertThat(grant.features().server()).isTrue();
		assertThat(grant.lifetime().duration()).isEqualTo(Duration.ofMinutes(10));
	}

	@Test
	void saasWhenTheOrganisationIsMadeUpThenNothingOfAnyOther() {
		for (String evil : List.of("*", "globex:*", "acme:billing", "[meta]x", "a b", "")) {
			assertThat(lines(grant("saas", user("mal", LOGIN, "admin", org(evil, "pro", List.of("p1"))))))
				.containsExactly("status subscribe");
		}
	}

	@Test
	void dashboardWhenGuestThenFewCheersAndOnlyOnOurPage() {
		Policy policy = ExamplePolicies.load("live-dashboard");
		Grant guest = policy.grant(TestUsers.guest("guest-1"), Wish.NONE, request("https://live.example.com"));
		assertThat(lines(guest)).containsExactly("cheers:final publish subscribe", "score:final object-subscribe",
				"ticker:final history subscribe");
		assertThat(guest.features().publishLimits())
			.isEqualTo(Map.of(Resource.parse("cheers:final"), new BigDecimal("0.2")));
		Grant elsewhere = policy.grant(TestUsers.guest("guest-1"), Wish.NONE, request("https://copy.example.net"));
		assertThat(lines(elsewhere)).containsExactly("score:final object-subscribe", "ticker:final history subscribe");
		assertThat(elsewhere.features()).isEqualTo(JwtFeatures.NONE);
	}

	@Test
	void dashboardWhenSignedInThenByRole() {
		Grant ann = grant("live-dashboard", user("ann", LOGIN, "", Map.of()));
		assertThat(lines(ann)).containsExactly("cheers:final publish subscribe", "score:final object-subscribe",
				"ticker:final history subscribe");
		assertThat(ann.features().publishLimits())
			.isEqualTo(Map.of(Resource.parse("cheers:final"), new BigDecimal("2")));
		Grant sam = grant("live-dashboard", user("sam", LOGIN, "scorer", Map.of()));
		assertThat(lines(sam)).containsExactly("cheers:final publish subscribe",
				"score:final object-publish object-subscribe", "ticker:final history publish subscribe");
		assertThat(sam.features().revocationKey()).isEqualTo(new RevocationKey("scorers"));
		assertThat(lines(grant("live-dashboard", user("oli", LOGIN, "operator", Map.of()))))
			.contains("* channel-metadata");
	}

	@Test
	void boardThenOperationsOfSpaceAndLiveObjectsAddUp() {
		AppUser ann = user("https://id.example.com/42", LOGIN, "",
				Map.of("edits", List.of("b1"), "views", List.of("b2")));
		assertThat(lines(grant("board", ann))).containsExactly(
				"board:b1 history object-publish object-subscribe presence publish subscribe",
				"board:b2 object-subscribe presence subscribe",
				"comments:b1 history message-delete-own message-update-own publish subscribe",
				"comments:b2 history subscribe",
				"settings:~aHR0cHM6Ly9pZC5leGFtcGxlLmNvbS80Mg history publish subscribe");
		assertThat(grant("board", ann).clientId().value()).isEqualTo("https://id.example.com/42");
	}

	@Test
	void boardWhenSupportThenItIsSeen() {
		Grant sue = grant("board", user("sue", LOGIN, "support", Map.of()));
		assertThat(lines(sue)).containsExactly("board:* object-subscribe presence subscribe",
				"settings:~c3Vl history publish subscribe");
		assertThat(sue.features().channelClaims()).isEqualTo(Map.of(Resource.parse("board:*"), "{\"support\":true}"));
		assertThat(sue.lifetime().duration()).isEqualTo(Duration.ofMinutes(10));
	}

	@Test
	void boardWhenAListIsBadOrTooLongThenNothingAtAll() {
		for (Object evil : List.of("*", "b1:*", 7L)) {
			assertRefused("board", user("mal", LOGIN, "", Map.of("edits", Arrays.asList("b1", evil))),
					Reason.CLAIM_NOT_SAFE, "An element of claims.edits");
		}
		assertRefused("board", user("mal", LOGIN, "", Map.of("views", java.util.Collections.nCopies(21, "b1"))),
				Reason.CLAIM_NOT_SAFE, "more than 20");
	}

	@Test
	void aiThenNobodysAddressIsInTheToken() {
		Grant ann = grant("ai-conversation", user("ann@example.com", LOGIN, "", Map.of("age", 30L, "credits", 1L)));
		String pseudonym = ann.clientId().value();
		assertThat(pseudonym).hasSize(22).doesNotContain("ann");
		assertThat(lines(ann)).containsExactly("conversation:" + pseudonym + ":* history publish subscribe");
		Grant poor = grant("ai-conversation", user("ann@example.com", LOGIN, "", Map.of("age", 30L)));
		assertThat(lines(poor)).containsExactly("conversation:" + pseudonym + ":* history subscribe");
	}

	@Test
	void aiWhenReviewerThenATokenRequestAndShort() {
		AppUser rita = user("rita", LOGIN, "reviewer", Map.of("age", 50L, "reviews", List.of("pseudonym-1")));
		Grant grant = grant("ai-conversation", rita);
		assertThat(lines(grant)).contains("conversation:pseudonym-1:* history subscribe").hasSize(2);
		assertThat(grant.format()).isEqualTo(Format.TOKEN_REQUEST);
		assertThat(grant.features()).isEqualTo(JwtFeatures.NONE);
		assertThat(grant.lifetime().duration()).isEqualTo(Duration.ofMinutes(10));
	}

	@Test
	void aiWhenAgentThenAllConversationsAndWhenAPersonSaysSoThenNone() {
		Grant agent = grant("ai-conversation", user("writer", MACHINES, "agent", Map.of()));
		assertThat(lines(agent))
			.containsExactly("conversation:* history message-update-own presence publish subscribe");
		assertThat(agent.features().server()).isTrue();
		assertRefused("ai-conversation", user("kim", LOGIN, "agent", Map.of()), Reason.DENIED_BY_RULE, "16 or older");
		assertRefused("ai-conversation", user("kim", LOGIN, "agent", Map.of("age", "old")), Reason.CONDITION_ERROR,
				"cannot be decided");
	}

	private static Map<String, Object> org(String id, String plan, List<String> projects) {
		return Map.of("org", Map.of("id", id, "plan", plan), "projects", projects);
	}

	private static AppUser user(String id, String issuer, String role, Map<String, Object> claims) {
		return new AppUser(id, role.isEmpty() ? List.of() : List.of(role), claims, new AppUser.Source("jwt", issuer),
				TestUsers.SESSION_ENDS);
	}

	private static RequestFacts request(String origin) {
		return new RequestFacts("192.0.2.1", origin, Instant.parse("2026-01-01T12:00:00Z"));
	}

	private static Grant grant(String name, AppUser user) {
		return ExamplePolicies.load(name).grant(user, Wish.NONE, request(""));
	}

	/** One line for each resource, with its operations. */
	private static List<String> lines(Grant grant) {
		return grant.capability()
			.entries()
			.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + " " + String.join(" ", entry.getValue().names()))
			.toList();
	}

	private static void assertRefused(String name, AppUser user, Reason reason, String message) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> grant(name, user))
			.withMessageContaining(message)
			.extracting(Refused::reason)
			.isEqualTo(reason);
	}

	private static void assertRefusedWish(String name, AppUser user, Wish wish) {
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> ExamplePolicies.load(name).grant(user, wish, request("")))
			.extracting(Refused::reason)
			.isEqualTo(Reason.CLIENT_ID_MISMATCH);
	}

}
