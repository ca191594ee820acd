package dev.ablyauth.policy;

import java.util.List;

import dev.ablyauth.ably.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which word was probably meant.
 */
class NearestTests {

	@ParameterizedTest
	@CsvSource({ "subscribed,subscribe", "publsh,publish", "pulbish,publish", "upblish,publish", "publihs,publish",
			"Publish,publish", "publishh,publish", "histroy,history", "stat,stats", "presense,presence",
			"push-admn,push-admin" })
	void toWhenAWordIsMisspeltThenTheOneThatIsThere(String found, String meant) {
		assertThat(Nearest.to(found, Operations.standard().names())).contains(meant);
	}

	/** A third of the letters may be wrong, but always one. */
	@ParameterizedTest
	@CsvSource({ "hxstxry,history,true", "hxxtxry,history,false", "ac,ab,true", "cd,ab,false", "sue,use,true",
			"bacd,abcd,true", "acbd,abcd,true", "abdc,abcd,true", "badc,abcd,false", "ab,xa,false", "ab,bx,false",
			"abcd,cdab,false", "ca,abc,false", "x,y,true", "user,usr,true", "a,abc,false", "abc,a,false",
			"abcdef,abcdefgh,true", "abcdefgh,abcdef,true", "abcdef,abcdefghi,false" })
	void toWhenAWordIsFurtherAwayThenNone(String found, String candidate, boolean near) {
		assertThat(Nearest.to(found, List.of(candidate)).isPresent()).isEqualTo(near);
	}

	@Test
	void toWhenSeveralAreNearThenTheNearest() {
		assertThat(Nearest.to("publicsh", List.of("public", "publish", "pub"))).contains("publish");
	}

	/** Old documents and other services have these. */
	@Test
	void toWhenTheWordIsOfAnotherServiceThenAblysWordIfItIsAllowed() {
		assertThat(Nearest.to("presence-subscribe", List.of("subscribe"))).contains("subscribe");
		assertThat(Nearest.to("statistics", List.of("history", "stats"))).contains("stats");
		assertThat(Nearest.to("batch-publish", List.of("history"))).isEmpty();
	}

	@Test
	void expectedThenNamesAllAndTheNearest() {
		assertThat(Nearest.expected("publsh", List.of("publish", "stats")))
			.isEqualTo(", expected one of publish, stats; did you mean \"publish\"?");
		assertThat(Nearest.expected("x", List.of("publish", "stats"))).isEqualTo(", expected one of publish, stats");
	}

}
