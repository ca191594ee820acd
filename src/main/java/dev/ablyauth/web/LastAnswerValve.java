package dev.ablyauth.web;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Ends each connection after its next answer as soon as the server is not ready any more,
 * so that clients and balancers open the next one elsewhere.
 */
final class LastAnswerValve extends ValveBase {

	private final Leaving leaving;

	LastAnswerValve(Leaving leaving) {
		super(true);
		this.leaving = leaving;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		if (this.leaving.hasBegun()) {
			response.setHeader("Connection", "close");
		}
		getNext().invoke(request, response);
	}

}
