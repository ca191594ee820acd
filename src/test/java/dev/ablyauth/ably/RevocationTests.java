package dev.ablyauth.ably;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RevocationTests {

	private static final IssuedBefore NOON = new IssuedBefore(Instant.parse("2026-01-01T12:00:00Z"));

	@ParameterizedTest
	@CsvSource({ "clientId:ann, CLIENT_ID, ann", "clientId:a:b, CLIENT_ID, a:b",
			"clientId:clientId:x, CLIENT_ID, clientId:x", "revocationKey:team:red, REVOCATION_KEY, team:red",
			"revocationKey:*, REVOCATION_KEY, *", "clientId::, CLIENT_ID, :" })
	void parseThenKindAndEverythingAfterTheFirstColon(String text, TargetSpecifier.Kind kind, String value) {
		TargetSpecifier target = TargetSpecifier.parse(text);
		assertThat(target).isEqualTo(new TargetSpecifier(kind, value));
		assertThat(target.text()).isEqualTo(text).isEqualTo(target.toString());
	}

	@Test
	void ofThenTheValueAsItIs() {
		assertThat(TargetSpecifier.of(ClientId.of("a:b")).text()).isEqualTo("clientId:a:b");
		assertThat(TargetSpecifier.of(new RevocationKey("a b")).text()).isEqualTo("revocationKey:a b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ann", ":ann", "clientId", "clientId:", "clientId:*", "clientId:a*", "clientId: a",
			"clientid:ann", "clientId:a\nb", "revocationKey:", "revocationKey:\ud800", "channel:a", " clientId:a" })
	void parseWhenItIsNoTargetThenRefusedWithoutRepeatingIt(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> TargetSpecifier.parse(text))
			.satisfies((ex) -> assertThat(ex.getMessage()).startsWith("must ").doesNotContain("ann"));
	}

	@Test
	void ofWhenTheWildcardThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> TargetSpecifier.of(ClientId.wildcard()));
	}

	@Test
	void parseWhenTooLongThenRefused() {
		assertThat(TargetSpecifier.parse("clientId:" + "a".repeat(256)).value()).hasSize(256);
		assertThatIllegalArgumentException().isThrownBy(() -> TargetSpecifier.parse("clientId:" + "a".repeat(257)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 101 })
	void revocationWhenNotOneToAHundredTargetsThenRefused(int count) {
		assertThat(new Revocation(targets(100), NOON, false).targets()).hasSize(100);
		assertThatIllegalArgumentException().isThrownBy(() -> new Revocation(targets(count), NOON, false));
	}

	@Test
	void revocationWhenATargetIsThereTwiceThenRefused() {
		List<TargetSpecifier> twice = List.of(TargetSpecifier.parse("clientId:a"), TargetSpecifier.parse("clientId:a"));
		assertThatIllegalArgumentException().isThrownBy(() -> new Revocation(twice, NOON, false));
	}

	private static List<TargetSpecifier> targets(int count) {
		return IntStream.range(0, count).mapToObj((i) -> TargetSpecifier.parse("clientId:" + i)).toList();
	}

	@ParameterizedTest
	@CsvSource({ "12:00:00, 12:00:01, 1000", "12:00:00.001, 12:00:01, 999", "12:00:00.999999999, 12:00:01, 0",
			"12:59:59.5, 13:00:00, 500" })
	void nextThenAllThatWasIssuedUntilNowIsOlder(String now, String second, long early) {
		Instant at = Instant.parse("2026-01-01T" + now + "Z");
		IssuedBefore next = IssuedBefore.next(at);
		assertThat(next).isEqualTo(new IssuedBefore(Instant.parse("2026-01-01T" + second + "Z")));
		assertThat(Instant.ofEpochSecond(at.getEpochSecond())).isBefore(next.second());
		assertThat(next.early(at).toMillis()).isEqualTo(early);
		assertThat(next.early(at.plusSeconds(1))).isZero();
	}

	@Test
	void issuedBeforeWhenItHasAFractionThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new IssuedBefore(NOON.second().plusMillis(1)));
		assertThat(NOON.millis()).isEqualTo(1767268800000L);
		assertThat(NOON).isLessThan(IssuedBefore.next(NOON.second())).hasToString("2026-01-01T12:00:00Z");
	}

	@ParameterizedTest
	@CsvSource({ "401, 40163, NOT_REVOCABLE", "0, 40164, NOT_REVOCABLE", "200, 40121, NOT_REVOCABLE",
			"401, 40133, WRONG_KEY", "401, 40131, KEY_REVOKED", "401, 40162, BAD_CREDENTIALS",
			"0, 40101, BAD_CREDENTIALS", "400, 40005, BAD_CREDENTIALS", "403, 0, BAD_CREDENTIALS",
			"404, 40400, BAD_CREDENTIALS", "403, 40115, RATE_LIMITED", "400, 40000, INVALID", "400, 0, INVALID",
			"400, 40099, INVALID", "400, 40020, UNAVAILABLE", "429, 0, RATE_LIMITED", "0, 42900, RATE_LIMITED",
			"0, 42922, RATE_LIMITED", "0, 0, UNAVAILABLE", "500, 50000, UNAVAILABLE", "301, 30100, UNAVAILABLE",
			"0, 80000, UNAVAILABLE", "401, -1, BAD_CREDENTIALS", "405, 40500, UNAVAILABLE" })
	void failureThenByCodeAndElseByStatus(int status, int code, RevocationFailure failure) {
		assertThat(RevocationFailure.of(status, code)).isEqualTo(failure);
	}

	@Test
	void failureThenThoseThatAreAboutTheCallAndNotTheTargetPass() {
		assertThat(RevocationFailure.values()).filteredOn(RevocationFailure::passes)
			.containsExactly(RevocationFailure.BAD_CREDENTIALS, RevocationFailure.RATE_LIMITED,
					RevocationFailure.UNAVAILABLE);
	}

	@Test
	void failedThenAllTargetsInTheirOrder() {
		Revocation revocation = new Revocation(targets(100), NOON, true);
		RevocationResult result = RevocationResult.failed(revocation, RevocationFailure.WRONG_KEY, 40133);
		assertThat(result.targets().keySet()).containsExactlyElementsOf(revocation.targets());
		assertThat(result.targets().values()).containsOnly(new TargetResult.Failed(RevocationFailure.WRONG_KEY, 40133));
		assertThat(result.complete()).isFalse();
		assertThat(NOON.early(NOON.second().minus(Duration.ofDays(1)))).isEqualTo(Duration.ofDays(1));
	}

}
