package dev.ablyauth.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes what is written, or fails, as a disk that is full for a while.
 */
final class FailingStream extends OutputStream {

	private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

	private volatile boolean isFailing;

	void fail(boolean failing) {
		this.isFailing = failing;
	}

	String text() {
		return this.taken.toString(StandardCharsets.UTF_8);
	}

	@Override
	public void write(int b) throws IOException {
		if (this.isFailing) {
			throw new IOException("on purpose");
		}
		this.taken.write(b);
	}

}
