package dev.ablyauth.web;

import java.io.IOException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/**
 * Tomcat's last word, for requests that never reach a filter: bad request lines, headers
 * that are too large. In Ably's shape, or the admin door's, instead of a page.
 */
public class AblyErrorReportValve extends ErrorReportValve {

	private static final int FIRST_ERROR = 400;

	@Override
	protected void report(Request request, Response response, Throwable throwable) {
		if (response.getStatus() < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
			return;
		}
		try {
			ContainerRefusals.write(request.getRequestURI(), request, response, response.getStatus());
			response.finishResponse();
		}
		catch (IOException ex) {
			// The client has gone.
		}
	}

}
