package dev.ablyauth.rest;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.ablyauth.ably.IssuedBefore;
import dev.ablyauth.ably.Revocation;
import dev.ablyauth.ably.RevocationFailure;
import dev.ablyauth.ably.RevocationResult;
import dev.ablyauth.ably.TargetResult;
import dev.ablyauth.ably.TargetSpecifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Revocations of tokens that were issued before the second that is running, and what a
 * test expects of their results.
 */
final class TestRevocations {

	private TestRevocations() {
	}

	static Revocation of(String... targets) {
		return new Revocation(targets(targets), running(), false);
	}

	static List<TargetSpecifier> targets(String... targets) {
		return Stream.of(targets).map(TargetSpecifier::parse).toList();
	}

	static IssuedBefore running() {
		return new IssuedBefore(Instant.ofEpochSecond(Instant.now().getEpochSecond()));
	}

	static void assertRevoked(RevocationResult result, String... targets) {
		assertThat(result.complete()).isTrue();
		assertThat(result.targets().keySet()).containsExactlyElementsOf(targets(targets));
	}

	static void assertFailed(RevocationResult result, RevocationFailure reason, int code) {
		assertThat(result.complete()).isFalse();
		assertThat(result.targets().values()).isNotEmpty()
			.allSatisfy((target) -> assertThat(target).isEqualTo(new TargetResult.Failed(reason, code)));
	}

}
