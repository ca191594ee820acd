package dev.ablyauth.web;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;

/**
 * Ends each connection after its next answer as soon as the server is not ready any more,
 * so that clients and balancers open the next one elsewhere.
 */
final class LastAnswerValve extends ValveBase implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private volatile boolean isLeaving;

	LastAnswerValve() {
		super(true);
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		this.isLeaving = event.getState() == ReadinessState.REFUSING_TRAFFIC;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		if (this.isLeaving) {
			response.setHeader("Connection", "close");
		}
		getNext().invoke(request, response);
	}

}
