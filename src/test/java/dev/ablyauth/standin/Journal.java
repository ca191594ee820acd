package dev.ablyauth.standin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the stand-in accepted and refused, in order.
 */
final class Journal {

	private final List<Credential> accepted = new ArrayList<>();

	private final List<Refusal> refused = new ArrayList<>();

	synchronized void accept(Credential credential) {
		this.accepted.add(credential);
		notifyAll();
	}

	synchronized Refusal refuse(String where, Refused cause) {
		Refusal refusal = cause.at(where);
		this.refused.add(refusal);
		return refusal;
	}

	synchronized List<Credential> accepted() {
		return List.copyOf(this.accepted);
	}

	synchronized List<Refusal> refused() {
		return List.copyOf(this.refused);
	}

	void awaitAccepted(int count, Duration longest) {
		Waiting.until(this, longest, () -> this.accepted.size() >= count,
				() -> "Expected " + count + " credentials. Accepted: " + this.accepted + ", refused: " + this.refused);
	}

}
