package dev.ablyauth.standin;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Writes the answers of revokeTokens, or what a fault makes of them.
 */
final class RevocationDoor {

	private final RevocationDesk desk;

	private final RevocationFaults faults;

	private final Journal journal;

	RevocationDoor(RevocationDesk desk, RevocationFaults faults, Journal journal) {
		this.desk = desk;
		this.faults = faults;
		this.journal = journal;
	}

	void answer(String keyName, RestCall call, HttpServletResponse response) throws IOException {
		RevocationFaults.Fault fault = this.faults.take();
		try {
			if (fault.kind() == RevocationFaults.Kind.STATUS) {
				throw new Refused(fault.status() * 100, fault.status(), "Out of order");
			}
			RestAnswer answer = this.desk.answer(keyName, call);
			if (fault.kind() == RevocationFaults.Kind.LOST) {
				hangUp(response, answer.status());
			}
			Thread.sleep(fault.delay().toMillis());
			RestServlet.answer(response, answer.status(), answer.body());
		}
		catch (Refused ex) {
			RestServlet.refuse(response, this.journal.refuse("revokeTokens", ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Tomcat closes a connection whose answer ends before its length. */
	private static void hangUp(HttpServletResponse response, int status) throws IOException {
		response.setStatus(status);
		response.setContentLength(1000);
		response.getOutputStream().write('{');
		response.flushBuffer();
		throw new IOException("hung up on purpose");
	}

}
