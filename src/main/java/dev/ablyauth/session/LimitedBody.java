package dev.ablyauth.session;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Takes an answer of at most so many bytes; what is longer fails as soon as it is seen.
 */
public final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {

	private final HttpResponse.BodySubscriber<byte[]> taken = HttpResponse.BodySubscribers.ofByteArray();

	private long left;

	private Flow.@Nullable Subscription subscription;

	/**
	 * Creates a taker of one answer.
	 * @param maxBytes the most bytes that the answer may have
	 */
	public LimitedBody(int maxBytes) {
		this.left = maxBytes;
	}

	@Override
	public CompletionStage<byte[]> getBody() {
		return this.taken.getBody();
	}

	@Override
	public void onSubscribe(Flow.Subscription newSubscription) {
		this.subscription = newSubscription;
		this.taken.onSubscribe(newSubscription);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		if (this.left < 0) {
			return;
		}
		this.left -= buffers.stream().mapToLong(ByteBuffer::remaining).sum();
		if (this.left >= 0) {
			this.taken.onNext(buffers);
			return;
		}
		if (this.subscription != null) {
			this.subscription.cancel();
		}
		this.taken.onError(new IOException("the answer is too long"));
	}

	@Override
	public void onError(Throwable failure) {
		this.taken.onError(failure);
	}

	@Override
	public void onComplete() {
		this.taken.onComplete();
	}

}
