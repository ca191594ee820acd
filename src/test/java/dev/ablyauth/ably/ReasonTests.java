package dev.ablyauth.ably;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is told to a client that gets nothing.
 */
class ReasonTests {

	/** SDKs take 401 for a broken session, 403 for the end, and 5xx for try again. */
	@ParameterizedTest
	@CsvSource({ "NO_SESSION,401,40100,no-session", "INVALID_SESSION,401,40100,invalid-session",
			"FOREIGN_ORIGIN,403,40300,foreign-origin", "WISH_NOT_GRANTED,403,40300,wish-not-granted",
			"INVALID_PARAMETER,400,40003,invalid-parameter", "METHOD_NOT_ALLOWED,405,40500,method-not-allowed",
			"SESSION_SOURCE_DOWN,503,50003,session-source-down", "RATE_LIMITED,503,50004,rate-limited",
			"INTERNAL_ERROR,500,50000,internal-error" })
	void reasonThenStatusCodeAndLabel(Reason reason, int status, int code, String label) {
		assertThat(reason.status()).isEqualTo(status);
		assertThat(reason.code()).isEqualTo(code);
		assertThat(reason.label()).isEqualTo(label);
	}

	/** Each of these would make an SDK drop its token, retry at once or follow. */
	@Test
	void reasonThenNeverAStatusOrCodeThatMisleadsAnSdk() {
		assertThat(Reason.values()).extracting(Reason::status).doesNotContain(406, 415, 429);
		assertThat(Reason.values()).extracting(Reason::code)
			.allSatisfy((code) -> assertThat(code / 10).isNotEqualTo(4014));
		assertThat(Arrays.stream(Reason.values()).map(Reason::label)).doesNotHaveDuplicates();
	}

	@Test
	void refusedThenSaysWhyByWhichRuleAndForWhichValue() {
		Refused refused = new Refused(Reason.CLAIM_NOT_SAFE, "No.", "members", "a:b");
		assertThat(refused).hasMessage("No.").hasNoCause();
		assertThat(refused.reason()).isEqualTo(Reason.CLAIM_NOT_SAFE);
		assertThat(refused.rule()).isEqualTo("members");
		assertThat(refused.value()).isEqualTo("a:b");
		assertThat(refused.getStackTrace()).isEmpty();
	}

	@Test
	void refusedWhenNoRuleOrValueThenNone() {
		assertThat(new Refused(Reason.NO_SESSION, "No.").rule()).isNull();
		assertThat(new Refused(Reason.DENIED_BY_RULE, "No.", "members").value()).isNull();
	}

}
