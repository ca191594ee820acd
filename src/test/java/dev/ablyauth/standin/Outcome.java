package dev.ablyauth.standin;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.ably.lib.realtime.CompletionListener;
import io.ably.lib.types.ErrorInfo;
import org.jspecify.annotations.Nullable;

/**
 * How one call of ably-java ended.
 */
final class Outcome implements CompletionListener {

	private final CompletableFuture<Optional<ErrorInfo>> error = new CompletableFuture<>();

	@Override
	public void onSuccess() {
		this.error.complete(Optional.empty());
	}

	@Override
	public void onError(ErrorInfo reason) {
		this.error.complete(Optional.of(reason));
	}

	/** The error, or null when the call succeeded. No answer in time is an error too. */
	@Nullable ErrorInfo await(Duration longest) {
		ErrorInfo late = new ErrorInfo("no answer in time", 500, 50003);
		return this.error.completeOnTimeout(Optional.of(late), longest.toMillis(), TimeUnit.MILLISECONDS)
			.join()
			.orElse(null);
	}

}
