package dev.ablyauth.web;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.revocation.RevocationState;
import org.springframework.http.HttpStatus;

/**
 * Waits a moment for Ably, so that most calls can say that all is done.
 */
final class RevocationAnswers {

	/** A revocation begins with the next second, and then Ably has to answer. */
	private static final Duration LONGEST = Duration.ofSeconds(3);

	private static final Duration PAUSE = Duration.ofMillis(100);

	private RevocationAnswers() {
	}

	/**
	 * Looks again and again until nothing is on its way.
	 * @return the last state that was seen
	 */
	static RevocationState await(RevocationState first, Supplier<Optional<RevocationState>> look) {
		RevocationState last = first;
		long begun = System.nanoTime();
		while (last.isOnItsWay() && System.nanoTime() - begun < LONGEST.toNanos()) {
			try {
				Thread.sleep(PAUSE.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return last;
			}
			try {
				last = look.get().orElse(last);
			}
			catch (Refused ex) {
				// It is written, and only how far it has come cannot be read now.
				return last;
			}
		}
		return last;
	}

	static HttpStatus status(RevocationState state) {
		return state.isOnItsWay() ? HttpStatus.ACCEPTED : HttpStatus.CREATED;
	}

}
