package dev.ablyauth.ops.traces;

import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;

/**
 * Puts the type of a failure into a span, and neither its message nor where it came from:
 * those may repeat what a client has sent.
 *
 * @param <T> of what is received
 */
final class QuietSpans<T extends ReceiverContext<?>> extends PropagatingReceiverTracingObservationHandler<T> {

	QuietSpans(Tracer tracer, Propagator propagator) {
		super(tracer, propagator);
	}

	@Override
	public void onError(T context) {
		Throwable failure = context.getError();
		if (failure != null) {
			getRequiredSpan(context).tag("error.type", failure.getClass().getName());
		}
	}

}
