package dev.ablyauth.issuing;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.policy.CanVerdict;
import dev.ablyauth.policy.Explanation;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.policy.TestUsers;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.revocation.DenyList;
import dev.ablyauth.revocation.Target;
import dev.ablyauth.revocation.TestDenyList;
import dev.ablyauth.session.AppUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DenyCheckTests {

	private static final String POLICY = """
			client-id: "c-{user.id}"
			rules:
			  - name: people
			    grant: [{channel: "talk:*", operations: [publish, subscribe]}]
			    revocation-key: "team-red"
			  - name: guests
			    when: user.guest
			    grant: [{channel: "talk:*", operations: [subscribe]}]
			""";

	private static final AppUser ANN = TestUsers.user("ann", Map.of("sid", "s1", "jti", "t1", "guestId", "g1"));

	private static final AppUser GUEST = AppUser.guest("guest-1", AppUser.NO_END);

	private static final RequestFacts REQUEST = new RequestFacts("192.0.2.7", "", TestIssuer.NOW);

	@ParameterizedTest
	@CsvSource({ "USER_ID,ann", "SESSION_ID,s1", "SESSION_ID,t1", "CLIENT_ID,c-ann", "REVOCATION_KEY,team-red",
			"ADDRESS,192.0.2.7", "ADDRESS,192.0.2.0/24" })
	void issueWhenDeniedThenRefusedInEveryForm(Target.Kind kind, String value) {
		DenyList denied = TestDenyList.of(kind, value);
		for (Asked asked : Asked.values()) {
			assertThatExceptionOfType(Refused.class)
				.isThrownBy(() -> issuer(denied).issue(ANN, asked, Wish.NONE, REQUEST))
				.satisfies((refused) -> {
					assertThat(refused.reason()).isEqualTo(Reason.DENIED);
					assertThat(refused.denial()).isEqualTo(TestDenyList.ID.toString());
					assertThat(refused.getMessage()).isEqualTo("This user is denied.");
				});
		}
	}

	@ParameterizedTest
	@CsvSource({ "USER_ID,c-ann", "USER_ID,Ann", "SESSION_ID,ann", "CLIENT_ID,ann", "GUEST_ID,ann", "GUEST_ID,g1",
			"REVOCATION_KEY,team-blue", "ADDRESS,192.0.2.8" })
	void issueWhenSomebodyElseIsDeniedThenIssued(Target.Kind kind, String value) {
		assertThat(issuer(TestDenyList.of(kind, value)).issue(ANN, Asked.JWT, Wish.NONE, REQUEST).token()).isNotEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "GUEST_ID,guest-1", "USER_ID,guest-1", "CLIENT_ID,c-guest-1" })
	void issueWhenAGuestIsDeniedThenRefused(Target.Kind kind, String value) {
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> issuer(TestDenyList.of(kind, value)).issue(GUEST, Asked.JWT, Wish.NONE, REQUEST));
		assertThat(issuer(DenyList.none()).issue(GUEST, Asked.JWT, Wish.NONE, REQUEST).token()).isNotEmpty();
	}

	@Test
	void issueWhenTheDenialIsOverThenIssued() {
		Instant until = TestIssuer.NOW;
		DenyList denied = TestDenyList.of(Target.Kind.USER_ID, "ann", until);
		assertThat(issuer(denied).issue(ANN, Asked.JWT, Wish.NONE, REQUEST).token()).isNotEmpty();
		RequestFacts before = new RequestFacts("192.0.2.7", "", until.minusMillis(1));
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> issuer(denied).issue(ANN, Asked.JWT, Wish.NONE, before));
	}

	@Test
	void issueWhenTheListIsNotReadThenAnOutageForEverybody() {
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> issuer(TestDenyList.unread()).issue(ANN, Asked.JWT, Wish.NONE, REQUEST))
			.satisfies((refused) -> {
				assertThat(refused.reason().status()).isEqualTo(503);
				assertThat(refused.reason().code()).isEqualTo(50003);
			});
	}

	@ParameterizedTest
	@CsvSource({ "USER_ID,ann", "CLIENT_ID,c-ann" })
	void explainAndCanWhenDeniedThenSaySoAndNameTheDenial(Target.Kind kind, String value) {
		TokenIssuer issuer = issuer(TestDenyList.of(kind, value));
		Explanation explanation = issuer.explain(ANN, Asked.ANY, Wish.NONE, REQUEST);
		assertThat(explanation.granted()).isFalse();
		assertThat(explanation.reason()).isEqualTo("denied");
		assertThat(explanation.message()).contains("denied", TestDenyList.ID.toString());
		CanVerdict can = issuer.can(ANN, Operations.standard().read(List.of("publish")), Resource.parse("talk:x"),
				REQUEST);
		assertThat(can.allowed()).isFalse();
		assertThat(can.reason()).startsWith("The policy gives it")
			.contains("This user is denied.", TestDenyList.ID.toString());
	}

	private static TokenIssuer issuer(DenyList denied) {
		return new TestIssuer().policy(POLICY).denyList(denied).redeem((request) -> {
			throw new IllegalStateException("nobody asks Ably for somebody who is denied");
		}).build();
	}

}
