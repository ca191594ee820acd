package dev.ablyauth.session;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Listens on the loopback and talks rubbish to whoever connects.
 */
final class RubbishServer implements AutoCloseable {

	private final ServerSocket listening;

	private final Talk talk;

	private RubbishServer(Talk talk) {
		this.talk = talk;
		try {
			this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	static RubbishServer start(String kind) {
		return new RubbishServer(switch (kind) {
			case "hangs up" -> (client) -> client.close();
			case "says nothing" -> (client) -> Thread.sleep(10_000);
			case "random bytes" -> (client) -> random(client.getOutputStream());
			case "a web page" -> (client) -> answerAll(client, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
			case "an endless answer" -> (client) -> endless(client.getOutputStream());
			case "an answer that drips" -> (client) -> drip(client.getOutputStream());
			case "errors that repeat the command" -> RubbishServer::echo;
			case "another type" -> (client) -> answerAll(client, "+OK\r\n");
			default -> throw new IllegalArgumentException(kind);
		});
	}

	int port() {
		return this.listening.getLocalPort();
	}

	private void accept() {
		while (!this.listening.isClosed()) {
			try {
				Socket client = this.listening.accept();
				start(() -> serve(client));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket client) {
		try (client) {
			this.talk.to(client);
		}
		catch (IOException | InterruptedException ex) {
			// The client has gone.
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "rubbish");
		thread.setDaemon(true);
		thread.start();
	}

	private static void answerAll(Socket client, String answer) throws IOException {
		byte[] request = new byte[8192];
		while (client.getInputStream().read(request) > 0) {
			client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
		}
	}

	/** As Redis does with a command that it does not know. */
	private static void echo(Socket client) throws IOException {
		byte[] request = new byte[8192];
		for (int length = client.getInputStream().read(request); length > 0; length = client.getInputStream()
			.read(request)) {
			String said = new String(request, 0, length, StandardCharsets.ISO_8859_1);
			String answer = said.contains("PING") ? "+PONG\r\n"
					: "-ERR unknown command, with args beginning with: " + said.replaceAll("[\r\n]+", " ") + "\r\n";
			client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
		}
	}

	private static void random(OutputStream out) throws IOException {
		byte[] bytes = new byte[8192];
		Random random = new Random(7);
		for (int i = 0; i < 1000; i++) {
			random.nextBytes(bytes);
			out.write(bytes);
		}
	}

	private static void endless(OutputStream out) throws IOException {
		out.write("$1073741824\r\n".getBytes(StandardCharsets.ISO_8859_1));
		byte[] bytes = new byte[8192];
		for (int i = 0; i < 100_000; i++) {
			out.write(bytes);
		}
	}

	private static void drip(OutputStream out) throws IOException, InterruptedException {
		out.write("$1000\r\n".getBytes(StandardCharsets.ISO_8859_1));
		for (int i = 0; i < 100; i++) {
			out.write('a');
			out.flush();
			Thread.sleep(100);
		}
	}

	@Override
	public void close() {
		try {
			this.listening.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Talk {

		void to(Socket client) throws IOException, InterruptedException;

	}

}
