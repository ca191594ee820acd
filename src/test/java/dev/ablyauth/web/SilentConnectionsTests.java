package dev.ablyauth.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;

import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections of which nobody reads, as when the poller gets no processor for a while.
 */
class SilentConnectionsTests {

	private static final long LATER = 10_000;

	@Test
	void makeRoomWhenAClientHasSaidSomethingThatNobodyReadThenTheSilentOneEnds() throws IOException {
		try (ServerSocketChannel door = ServerSocketChannel.open()
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				SocketChannel speaks = SocketChannel.open(door.getLocalAddress());
				SocketChannel ofSpeaking = door.accept();
				SocketChannel silent = SocketChannel.open(door.getLocalAddress());
				SocketChannel ofSilent = door.accept()) {
			UnreadEndpoint endpoint = new UnreadEndpoint();
			endpoint.take(ofSpeaking);
			endpoint.take(ofSilent);
			speaks.write(ByteBuffer.wrap(new byte[] { 'G' }));
			long ended = CrowdedConnections.makeRoom(endpoint, Map.of(), 0, System.currentTimeMillis() + LATER);
			assertThat(ended).isOne();
			assertThat(ofSpeaking.isOpen()).isTrue();
			assertThat(ofSilent.isOpen()).isFalse();
			assertThat(silent.read(ByteBuffer.allocate(1))).isNegative();
		}
	}

	/** Has connections and no poller. */
	private static final class UnreadEndpoint extends NioEndpoint {

		UnreadEndpoint() {
			setMaxConnections(0);
		}

		void take(SocketChannel client) throws IOException {
			client.configureBlocking(false);
			NioChannel channel = new NioChannel(new SocketBufferHandler(16, 16, false));
			NioSocketWrapper wrapper = new NioSocketWrapper(channel, this);
			channel.reset(client, wrapper);
			wrapper.interestOps(SelectionKey.OP_READ);
			this.connections.put(client, wrapper);
		}

		@Override
		public long getConnectionCount() {
			return this.connections.size();
		}

	}

}
