package dev.ablyauth.web;

import java.io.IOException;
import java.util.function.BooleanSupplier;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/**
 * The body of an answer, as long as it is a token or a refusal in Ably's shape. Anything
 * else is dropped before it leaves.
 */
final class TokenStream extends ServletOutputStream {

	private final ServletOutputStream body;

	private final BooleanSupplier isDropped;

	TokenStream(ServletOutputStream body, BooleanSupplier isDropped) {
		this.body = body;
		this.isDropped = isDropped;
	}

	@Override
	public boolean isReady() {
		return this.body.isReady();
	}

	@Override
	public void setWriteListener(WriteListener listener) {
		this.body.setWriteListener(listener);
	}

	@Override
	public void write(int octet) throws IOException {
		if (!this.isDropped.getAsBoolean()) {
			this.body.write(octet);
		}
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		if (!this.isDropped.getAsBoolean()) {
			this.body.write(bytes, offset, length);
		}
	}

	@Override
	public void flush() throws IOException {
		if (!this.isDropped.getAsBoolean()) {
			this.body.flush();
		}
	}

	@Override
	public void close() throws IOException {
		if (!this.isDropped.getAsBoolean()) {
			this.body.close();
		}
	}

}
