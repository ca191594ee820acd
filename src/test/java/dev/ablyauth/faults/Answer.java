package dev.ablyauth.faults;

import java.net.http.HttpResponse;

/**
 * What a process said to a call.
 *
 * @param status the HTTP status, or 0 if there was no answer
 * @param body the whole body
 * @param retryAfter the header, or an empty text
 * @param begunAt when it was called, by the clock of {@code System.nanoTime()}
 * @param endedAt when the answer was here
 */
record Answer(int status, String body, String retryAfter, long begunAt, long endedAt) {

	static Answer of(HttpResponse<String> answer, long begunAt) {
		return new Answer(answer.statusCode(), answer.body(), answer.headers().firstValue("Retry-After").orElse(""),
				begunAt, System.nanoTime());
	}

	/** Nothing was there, or it went away before it answered. */
	static Answer none(String why, long begunAt) {
		return new Answer(0, why, "", begunAt, System.nanoTime());
	}

	long millis() {
		return (this.endedAt - this.begunAt) / 1_000_000;
	}

	@Override
	public String toString() {
		return this.status + " after " + millis() + " ms" + ((this.status == 200) ? "" : ": " + this.body);
	}

}
