package dev.ablyauth.policy;

import java.time.Instant;
import java.util.Map;

import dev.ablyauth.ably.Capability;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What another policy would change for one user.
 */
class DifferenceTests {

	private static final String LIVE = "ttl: 1h\nrules: [{name: r, grant: [{channel: a, operations: [publish, subscribe]}]}]";

	private static final String NOBODY = "rules: [{name: r, when: 'false', grant: [{channel: a, operations: publish}]}]";

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "[subscribe, publish]; SAME; ; ", "[publish, subscribe, history]; MORE; {\"a\":[\"history\"]}; ",
					"publish; LESS; ; {\"a\":[\"subscribe\"]}",
					"[publish, history]; OTHER; {\"a\":[\"history\"]}; {\"a\":[\"subscribe\"]}" })
	void betweenWhenTheCapabilityDiffersThenWhatIsMoreAndLess(String operations, Difference.Kind kind,
			@Nullable String more, @Nullable String less) {
		Difference difference = between(LIVE, LIVE.replace("[publish, subscribe]", operations));
		assertThat(difference.kind()).isEqualTo(kind);
		assertThat(text(difference.more())).isEqualTo(more);
		assertThat(text(difference.less())).isEqualTo(less);
		assertThat(difference.note()).isEmpty();
	}

	@Test
	void betweenWhenOnlyTheRestDiffersThenOtherWithEachChange() {
		String other = LIVE.replace("1h", "30m").replace("name: r", "name: r, format: jwt")
				+ "\nclient-id: 'x-{user.id}'";
		Difference difference = between(LIVE, other);
		assertThat(difference.kind()).isEqualTo(Difference.Kind.OTHER);
		assertThat(difference.more()).isNull();
		assertThat(difference.less()).isNull();
		assertThat(difference.note()).isEqualTo("clientId: ann to x-ann, ttl: PT1H to PT30M, format: none to jwt");
	}

	@Test
	void betweenWhenTheJwtSaysMoreThenNoted() {
		String other = LIVE.replace("name: r", "name: r, revocation-key: team, client-type: server, "
				+ "user-claims: {a: x}, room-claims: {b: y}, publish-limits: {a: 2}");
		Difference difference = between(LIVE, other);
		assertThat(difference.kind()).isEqualTo(Difference.Kind.OTHER);
		assertThat(difference.note()).isEqualTo("user-claims: none to {a=x}, room-claims: none to {b=y}, "
				+ "publish-limits: none to {a=2}, revocation-key: none to team, client-type: none to server");
		assertThat(between(other, LIVE).note()).contains("user-claims: {a=x} to none", "client-type: server to none");
	}

	@Test
	void betweenWhenOneRefusesThenAllIsMoreOrLess() {
		assertThat(between(NOBODY, LIVE)).satisfies((more) -> {
			assertThat(more.kind()).isEqualTo(Difference.Kind.MORE);
			assertThat(text(more.more())).isEqualTo("{\"a\":[\"publish\",\"subscribe\"]}");
			assertThat(more.less()).isNull();
			assertThat(more.note()).isEqualTo("refused: The policy gives this user nothing.");
		});
		assertThat(between(LIVE, NOBODY)).satisfies((less) -> {
			assertThat(less.kind()).isEqualTo(Difference.Kind.LESS);
			assertThat(less.more()).isNull();
			assertThat(text(less.less())).isEqualTo("{\"a\":[\"publish\",\"subscribe\"]}");
			assertThat(less.note()).isEqualTo("refused: The policy gives this user nothing.");
		});
	}

	@Test
	void betweenWhenBothRefuseThenTheSame() {
		assertThat(between(NOBODY, NOBODY)).isEqualTo(new Difference(Difference.Kind.SAME, null, null, ""));
	}

	private static @Nullable String text(@Nullable Capability capability) {
		return (capability != null) ? capability.text() : null;
	}

	private static Difference between(String live, String other) {
		return Difference.between(TestPolicies.read(live), TestPolicies.read(other), TestUsers.user("ann", Map.of()),
				Wish.NONE, new RequestFacts("127.0.0.1", "", Instant.EPOCH));
	}

}
