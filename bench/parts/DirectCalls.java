package org.apache.coyote;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Calls Tomcat where it has read a request: valves, filters and servlet are its own, the
 * bytes of the request and of the answer are in memory. What reads and writes HTTP and
 * sockets is left out. It stands in Tomcat's package, because a request asks by a hook
 * that nobody else can set.
 */
public final class DirectCalls {

	private static final int LONGEST = 16 * 1024;

	private final Adapter adapter;

	private final Request request = new Request();

	private final Response response = new Response();

	private final ByteBuffer body = ByteBuffer.allocate(LONGEST);

	/**
	 * Creates it.
	 * @param adapter of the connector of a Tomcat that has started
	 */
	public DirectCalls(Adapter adapter) {
		this.adapter = adapter;
		this.request.setResponse(this.response);
		this.request.setHook(this::act);
		this.request.setInputBuffer(new NoBody());
		this.response.setHook(this::act);
		this.response.setOutputBuffer(new Memory());
	}

	/**
	 * Asks.
	 * @param path of the request
	 * @param headers names and values
	 * @return the status
	 * @throws Exception if Tomcat fails
	 */
	public int get(byte[] path, Map<byte[], byte[]> headers) throws Exception {
		this.body.clear();
		this.request.markStartTime();
		this.request.setMethod("GET");
		this.request.requestURI().setBytes(path, 0, path.length);
		this.request.protocol().setString("HTTP/1.1");
		this.request.scheme().setString("http");
		this.request.serverName().setString("localhost");
		headers.forEach((name, value) -> this.request.getMimeHeaders()
			.addValue(name, 0, name.length)
			.setBytes(value, 0, value.length));
		this.adapter.service(this.request, this.response);
		int status = this.response.getStatus();
		this.request.recycle();
		this.response.recycle();
		return status;
	}

	/**
	 * Returns the body of the last answer.
	 * @return the text, which is ASCII
	 */
	public String body() {
		return new String(this.body.array(), 0, this.body.position(), StandardCharsets.US_ASCII);
	}

	private void act(ActionCode action, Object about) {
		switch (action) {
			case COMMIT -> this.response.setCommitted(true);
			case REQ_HOST_ADDR_ATTRIBUTE -> this.request.remoteAddr().setString("127.0.0.1");
			case IS_IO_ALLOWED, REQUEST_BODY_FULLY_READ -> ((AtomicBoolean) about).set(true);
			default -> {
			}
		}
	}

	private static final class NoBody implements InputBuffer {

		@Override
		public int doRead(ApplicationBufferHandler handler) {
			return -1;
		}

		@Override
		public int available() {
			return 0;
		}

	}

	private final class Memory implements OutputBuffer {

		@Override
		public int doWrite(ByteBuffer chunk) {
			int length = chunk.remaining();
			DirectCalls.this.body.put(chunk);
			return length;
		}

		@Override
		public long getBytesWritten() {
			return DirectCalls.this.body.position();
		}

	}

}
