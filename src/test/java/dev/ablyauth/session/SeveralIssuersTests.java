package dev.ablyauth.session;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A user is an issuer and a subject, and no issuer has a say about another one's users.
 */
class SeveralIssuersTests {

	private static final String A = "https://a.example";

	private static final String B = "https://b.example";

	private static final String SECRET_A = "the secret that only issuer A and this server have";

	private static final String SECRET_B = "the secret that only issuer B and this server have";

	private final AppJwtSessions sessions = sessions("", "b:");

	@Test
	void userWhenTwoIssuersTwoAudiencesAndTwoTypesThenOnlyTheDiagonalPasses() {
		List<String> passed = new ArrayList<>();
		for (String iss : List.of(A, B)) {
			for (String secret : List.of(SECRET_A, SECRET_B)) {
				for (String audience : List.of("app-a", "app-b")) {
					for (String type : List.of("JWT", "at+jwt")) {
						AppTokens token = AppTokens.hs256(iss, secret)
							.subject("ann")
							.audience(audience)
							.header("typ", type);
						if (isUser(token)) {
							passed.add(String.join(" ", iss, secret, audience, type));
						}
					}
				}
			}
		}
		assertThat(passed).containsExactly(String.join(" ", A, SECRET_A, "app-a", "JWT"),
				String.join(" ", B, SECRET_B, "app-b", "at+jwt"));
	}

	@Test
	void userWhenSameSubjectAtTwoIssuersThenTwoIds() {
		assertThat(id(this.sessions, tokenOfA("ann"))).isEqualTo("ann");
		assertThat(id(this.sessions, tokenOfB("ann"))).isEqualTo("b:ann");
	}

	@Test
	void userThenSourceNamesTheIssuer() {
		assertThat(this.sessions.user(tokenOfB("ann").token())).map(AppUser::source)
			.contains(new AppUser.Source("jwt", B));
	}

	@ParameterizedTest
	@ValueSource(strings = { "b:ann", "b:", "b:b:ann" })
	void userWhenIdBeginsWithThePrefixOfAnotherIssuerThenInvalid(String subject) {
		TestSessions.assertRefused(this.sessions, tokenOfA(subject).token(), Reason.CLAIM_NOT_SAFE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "b", "bb:ann", " b:ann", "B:ann", "a:b:ann" })
	void userWhenIdOnlyLooksLikeAPrefixThenUser(String subject) {
		assertThat(id(this.sessions, tokenOfA(subject))).isEqualTo(subject);
	}

	@Test
	void userWhenOnePrefixBeginsTheOtherThenNoIdIsOfBoth() {
		AppJwtSessions nested = sessions("x", "xy");
		assertThat(id(nested, tokenOfA("ann"))).isEqualTo("xann");
		assertThat(id(nested, tokenOfB("ann"))).isEqualTo("xyann");
		TestSessions.assertRefused(nested, tokenOfA("yann").token(), Reason.CLAIM_NOT_SAFE);
	}

	@Test
	void userWhenSameUsersAtBothThenOneId() {
		AppJwtSessions same = sessions("", "");
		assertThat(id(same, tokenOfA("b:ann"))).isEqualTo(id(same, tokenOfB("b:ann"))).isEqualTo("b:ann");
	}

	@Test
	void userOfCookieThenOnlyOfTheIssuerThatUsesIt() {
		assertThat(this.sessions.ofCookies(TestCredentials.cookie("session-b", tokenOfB("ann").token())))
			.map(AppUser::id)
			.contains("b:ann");
		assertThat(this.sessions.ofCookies(TestCredentials.cookie("session-b", tokenOfA("ann").token()))).isEmpty();
		assertThat(this.sessions.ofCookies(TestCredentials.cookie("Session-b", tokenOfB("ann").token()))).isEmpty();
		assertThat(this.sessions.ofCookies(TestCredentials.cookie("session-b", "no token"))).isEmpty();
	}

	@Test
	void userOfCookiesWhenTwoIssuersHaveOneThenTheFirstInTheSettings() {
		List<String> lines = new ArrayList<>();
		TestCredentials all = TestCredentials.none();
		for (int i = 9; i >= 0; i--) {
			String issuer = "https://" + i + ".example";
			int at = 9 - i;
			lines.addAll(List.of("jwt[" + at + "].issuer=" + issuer, "jwt[" + at + "].secret=" + SECRET_A,
					"jwt[" + at + "].audiences=app", "jwt[" + at + "].cookie-name=c" + i,
					"jwt[" + at + "].user-id-prefix=p" + i));
			all = all.header("Cookie",
					"c" + i + "=" + AppTokens.hs256(issuer, SECRET_A).subject("ann").audience("app").token());
		}
		AppJwtSessions many = TestSessions.withSecrets(Clock.systemUTC(), lines.toArray(String[]::new));
		assertThat(many.ofCookies(all)).map(AppUser::id).contains("p9ann");
	}

	private static AppTokens tokenOfA(String subject) {
		return AppTokens.hs256(A, SECRET_A).subject(subject).audience("app-a");
	}

	private static AppTokens tokenOfB(String subject) {
		return AppTokens.hs256(B, SECRET_B).subject(subject).audience("app-b").header("typ", "at+jwt");
	}

	private static String id(AppJwtSessions sessions, AppTokens token) {
		return sessions.user(token.token()).orElseThrow().id();
	}

	private boolean isUser(AppTokens token) {
		try {
			return this.sessions.user(token.token()).isPresent();
		}
		catch (Refused ex) {
			assertThat(ex.reason()).isEqualTo(Reason.INVALID_SESSION);
			return false;
		}
	}

	private static AppJwtSessions sessions(String prefixOfA, String prefixOfB) {
		return TestSessions.withSecrets(Clock.systemUTC(), "jwt[0].issuer=" + A, "jwt[0].secret=" + SECRET_A,
				"jwt[0].audiences=app-a", "jwt[0].types=JWT", "jwt[0].user-id-prefix=" + prefixOfA,
				"jwt[1].issuer=" + B, "jwt[1].secret=" + SECRET_B, "jwt[1].audiences=app-b", "jwt[1].types=at+jwt",
				"jwt[1].cookie-name=session-b", "jwt[1].user-id-prefix=" + prefixOfB,
				"jwt[1].same-users=" + prefixOfA.equals(prefixOfB));
	}

}
